package io.fleetsdk.nats;

import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.nats.JobModel.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever submitters, workers, operators and the broker's deaths do one after the other: every step of a job is one that exists, and every
 * accepted job comes to one end that what was done explains. As many tries as fit into 5 s, or into the seconds of the system property
 * {@code fleet.jobs.model.seconds}.
 */
class JobModelTest {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fleet.jobs.model.seconds", 5));
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private static Optional<Scene> scene = Optional.empty();
    private static volatile boolean failed;

    /** One broker for all tries, each of which has a queue of its own. */
    private record Scene(TestBroker broker, Instant end) implements AutoCloseable {
        static Scene open() {
            return new Scene(new TestBroker(), Instant.now().plus(TIME));
        }

        JobModel model() {
            return new JobModel(broker, "model" + QUEUES.incrementAndGet());
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    @BeforeContainer
    static void open() {
        scene = Optional.of(Scene.open());
    }

    @AfterContainer
    static void close() {
        scene.ifPresent(Scene::close);
    }

    @Property(tries = 10_000)
    void everyAcceptedJobComesToOneEndThatIsExplained(@ForAll("scripts") List<Step> script) {
        Scene now = scene.orElseThrow();
        if (!failed && Instant.now().isAfter(now.end())) {
            return;
        }
        try (JobModel model = now.model()) {
            script.forEach(step -> step.on(model));
            model.comeToAnEnd();
        } catch (RuntimeException | AssertionError e) {
            failed = true;
            throw e;
        }
    }

    /** Something that somebody does. */
    sealed interface Step {
        void on(JobModel model);
    }

    /** Options that can be written down: times count from the submit. */
    record Submit(
            Optional<String> id,
            JobPriority priority,
            int delayMillis,
            int deadlineMillis,
            int attempts,
            Optional<Deduplication> deduplication)
            implements Step {
        @Override
        public void on(JobModel model) {
            model.submit(options());
        }

        private JobOptions options() {
            JobOptions.Builder options =
                    JobOptions.builder().priority(priority).retry(RetryPolicy.fixed(attempts, Duration.ofMillis(30)));
            id.ifPresent(options::id);
            deduplication.ifPresent(options::deduplication);
            if (delayMillis > 0) {
                options.delay(Duration.ofMillis(delayMillis));
            }
            if (deadlineMillis > 0) {
                options.deadline(Instant.now().plusMillis(deadlineMillis));
            }
            return options.build();
        }
    }

    record Cancel(int job) implements Step {
        @Override
        public void on(JobModel model) {
            model.cancel(job);
        }
    }

    /** A handler that runs does this. */
    record Tell(int run, Order order) implements Step {
        @Override
        public void on(JobModel model) {
            model.tell(run, order);
        }
    }

    record Replace(int worker) implements Step {
        @Override
        public void on(JobModel model) {
            model.stopWorker(worker);
            model.startWorker(worker);
        }
    }

    record Stop(int worker) implements Step {
        @Override
        public void on(JobModel model) {
            model.stopWorker(worker);
        }
    }

    record Start(int worker) implements Step {
        @Override
        public void on(JobModel model) {
            model.startWorker(worker);
        }
    }

    record Pause() implements Step {
        @Override
        public void on(JobModel model) {
            model.pause();
        }
    }

    record Resume() implements Step {
        @Override
        public void on(JobModel model) {
            model.resume();
        }
    }

    record RetryDead(int job) implements Step {
        @Override
        public void on(JobModel model) {
            model.retryDead(job);
        }
    }

    record PurgeDead(int job) implements Step {
        @Override
        public void on(JobModel model) {
            model.purgeDead(job);
        }
    }

    record LookElsewhere(int job) implements Step {
        @Override
        public void on(JobModel model) {
            model.lookElsewhere(job);
        }
    }

    record KillBroker() implements Step {
        @Override
        public void on(JobModel model) {
            model.killBroker();
        }
    }

    @Provide
    Arbitrary<List<Step>> scripts() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 7);
        Arbitrary<Integer> worker = Arbitraries.integers().between(0, JobModel.WORKERS - 1);
        return Arbitraries.frequencyOf(
                        Tuple.of(30, submits()),
                        Tuple.of(8, any.map(Cancel::new)),
                        Tuple.of(
                                35,
                                Combinators.combine(any, Arbitraries.of(Order.class))
                                        .as(Tell::new)),
                        Tuple.of(5, worker.map(Replace::new)),
                        Tuple.of(3, worker.map(Stop::new)),
                        Tuple.of(5, worker.map(Start::new)),
                        Tuple.of(3, Arbitraries.create(Pause::new)),
                        Tuple.of(5, Arbitraries.create(Resume::new)),
                        Tuple.of(6, any.map(RetryDead::new)),
                        Tuple.of(3, any.map(PurgeDead::new)),
                        Tuple.of(6, any.map(LookElsewhere::new)),
                        Tuple.of(1, Arbitraries.create(KillBroker::new)))
                .list()
                .ofMinSize(3)
                .ofMaxSize(40);
    }

    private static Arbitrary<Step> submits() {
        Arbitrary<Optional<String>> ids = Arbitraries.of("one", "two", "three").optional(0.3);
        Arbitrary<Integer> delays = Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 300));
        Arbitrary<Integer> deadlines = Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 100), Tuple.of(1, 700));
        Arbitrary<Step> plain = Combinators.combine(
                        ids,
                        Arbitraries.of(JobPriority.class),
                        delays,
                        deadlines,
                        Arbitraries.integers().between(1, 3))
                .as((id, priority, delay, deadline, attempts) ->
                        new Submit(id, priority, delay, deadline, attempts, Optional.empty()));
        Arbitrary<Step> keyed = Arbitraries.of(
                        Deduplication.throttle("t", Duration.ofSeconds(1)),
                        Deduplication.debounce("d", Duration.ofMillis(100)),
                        Deduplication.keepLast("k"))
                .map(rule -> new Submit(Optional.empty(), JobPriority.NORMAL, 0, 0, 2, Optional.of(rule)));
        return Arbitraries.frequencyOf(Tuple.of(3, plain), Tuple.of(1, keyed));
    }
}
