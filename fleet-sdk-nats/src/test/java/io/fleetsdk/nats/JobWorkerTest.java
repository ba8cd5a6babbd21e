package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobHandler;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobUnsuccessfulException;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.job.Submission;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.testing.FleetExtension;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers against a real broker: what becomes of a job that is taken. */
class JobWorkerTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final RetryPolicy QUICK = RetryPolicy.fixed(3, Duration.ofMillis(20));
    private static final AtomicInteger QUEUES = new AtomicInteger();

    /** A drive to add up. */
    record Leg(String from, double metres) {}

    /** What it came to. */
    record Sum(double metres, int attempt) {}

    private static final JobType<Leg, Sum> MEASURE = JobType.of("measure", Leg.class, Sum.class);
    private static final Leg LEG = new Leg("dock", 12.5);

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs()
            .define(JobQueueSpec.of("work" + QUEUES.incrementAndGet()).withHeartbeatTimeout(Duration.ofSeconds(1)));
    private final List<JobWorker> workers = new ArrayList<>();

    @AfterEach
    void stopWorkers() {
        workers.forEach(worker -> worker.stop(Duration.ZERO));
    }

    private JobWorker working(JobHandler<Leg, Sum> handler) {
        return working(4, handler);
    }

    private JobWorker working(int concurrency, JobHandler<Leg, Sum> handler) {
        JobWorker worker = JobWorker.builder(queue)
                .handle(MEASURE, handler)
                .concurrency(concurrency)
                .start();
        workers.add(worker);
        return worker;
    }

    private static Sum measured(Leg leg, JobContext context) {
        return new Sum(leg.metres(), context.attempt());
    }

    private static JobOptions retrying(RetryPolicy policy) {
        return JobOptions.builder().retry(policy).build();
    }

    @Test
    void aJobComesBackWithItsTypedResult() {
        working(JobWorkerTest::measured);

        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);

        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(12.5, 1)));
        assertThat(handle.outcome()).contains(new JobOutcome.Succeeded<>(new Sum(12.5, 1)));
    }

    @Test
    void aJobThatWaitedForAWorkerIsTakenWhenOneComes() {
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        assertThat(handle.job().state()).isEqualTo(JobState.WAITING);

        working(JobWorkerTest::measured);

        assertThat(handle.await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aHandlerMayComeToNothing() {
        working((leg, context) -> null);

        JobOutcome<Sum> outcome = queue.submit(MEASURE, LEG).await(SOON);

        assertThat(outcome.state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aResultNestedDeeperThanARecordHoldsFailsItsJobAndTheDeepestOneComesBack() {
        JobType<Integer, Object> nest = JobType.of("nest", Integer.class, Object.class);
        workers.add(JobWorker.builder(queue)
                .handle(nest, (depth, context) -> nested(depth))
                .start());
        JobOptions once = retrying(RetryPolicy.never());

        assertThat(queue.submit(nest, 63, once).await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(nested(63)));
        assertThat(queue.submit(nest, 64, once).await(SOON))
                .asInstanceOf(InstanceOfAssertFactories.type(JobOutcome.Failed.class))
                .satisfies(failed -> assertThat(failed.error().name()).isEqualTo("malformed.result"));
    }

    private static Object nested(int depth) {
        Object nested = List.of();
        for (int i = 1; i < depth; i++) {
            nested = List.of(nested);
        }
        return nested;
    }

    @Test
    void aResultTooLargeForItsRecordComesBackAllTheSame() {
        JobType<Leg, String> print = JobType.of("print", Leg.class, String.class);
        String large = "o".repeat(3_000_000);
        workers.add(
                JobWorker.builder(queue).handle(print, (leg, context) -> large).start());

        assertThat(queue.submit(print, LEG).await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(large));
    }

    @Test
    void aFailedAttemptIsFollowedByAnotherAndEveryOneIsTold() {
        working((leg, context) -> {
            if (context.attempt() < 3) {
                throw new IOException("attempt " + context.attempt());
            }
            return measured(leg, context);
        });

        JobHandle<Sum> handle = queue.submit(MEASURE, LEG, retrying(QUICK));

        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(12.5, 3)));
        List<JobAttempt> attempts = handle.job().attempts();
        assertThat(attempts).extracting(JobAttempt::number).containsExactly(1, 2, 3);
        assertThat(attempts.get(0).error()).contains(new JobError("java.io.IOException", "attempt 1"));
        assertThat(attempts).allSatisfy(attempt -> assertThat(attempt.endedAt()).isPresent());
    }

    @Test
    void afterTheLastAttemptTheJobLiesInTheDeadLettersWhole() {
        working((leg, context) -> {
            throw new IOException("no map");
        });

        JobHandle<Sum> handle = queue.submit(MEASURE, LEG, retrying(QUICK));

        assertThat(handle.await(SOON))
                .isEqualTo(new JobOutcome.Failed<>(new JobError("java.io.IOException", "no map"), 3));
        assertThatThrownBy(() -> handle.await(SOON).result()).isInstanceOf(JobUnsuccessfulException.class);
        DeadLetter letter = queue.deadLetters().find(handle.id()).orElseThrow();
        assertThat(new String(letter.payload(), StandardCharsets.UTF_8)).contains("dock");
        assertThat(letter.attempts()).hasSize(3);
        assertThat(letter.reason().message()).isEqualTo("no map");
    }

    @Test
    void whatAnotherAttemptCannotMendIsNotTriedAgain() {
        working((leg, context) -> {
            throw new NonRetryableException("no such robot");
        });
        JobHandle<Sum> said = queue.submit(MEASURE, LEG);
        RetryPolicy listed = QUICK.withNonRetryable(NonRetryableException.class.getName());
        JobHandle<Sum> byName = queue.submit(MEASURE, LEG, retrying(listed));

        assertThat(Stream.of(said, byName).map(handle -> handle.await(SOON)))
                .allSatisfy(outcome -> assertThat(((JobOutcome.Failed<Sum>) outcome).attempts())
                        .isEqualTo(1));
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersWithItsReasonAndTheWorkerGoesOn() throws Exception {
        working(JobWorkerTest::measured);
        try (Connection stranger = Nats.connect(BROKER.server().url())) {
            String lane = "jobs." + queue.name() + ".normal.-.";
            stranger.publish(lane + "no-type", "{}".getBytes(StandardCharsets.UTF_8));
            stranger.publish(
                    lane + "torn",
                    new Headers().put("Fleet-Type", "measure"),
                    "{\"from\":".getBytes(StandardCharsets.UTF_8));
            stranger.publish(
                    lane + "wrong",
                    new Headers().put("Fleet-Type", "measure"),
                    "[1,2]".getBytes(StandardCharsets.UTF_8));
            stranger.publish(
                    lane + "alien", new Headers().put("Fleet-Type", "weld"), "{}".getBytes(StandardCharsets.UTF_8));
            stranger.publish(
                    lane + "terms",
                    new Headers().put("Fleet-Type", "measure").put("Fleet-Terms", "{"),
                    "{}".getBytes(StandardCharsets.UTF_8));
            stranger.flush(SOON);
        }
        JobHandle<Sum> good = queue.submit(MEASURE, LEG);

        assertThat(good.await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(queue.deadLetters().list(10))
                        .extracting(letter ->
                                letter.ref().id() + " " + letter.reason().name())
                        .containsExactlyInAnyOrder(
                                "no-type malformed.message",
                                "torn malformed.input",
                                "wrong malformed.input",
                                "alien unknown.type",
                                "terms malformed.message"));
    }

    @Test
    void aJobOfAStrangerNeedsATypeAndJsonAndNothingElse() throws Exception {
        working(JobWorkerTest::measured);
        try (Connection stranger = Nats.connect(BROKER.server().url())) {
            stranger.publish(
                    "jobs." + queue.name() + ".normal.-.foreign",
                    new Headers().put("Fleet-Type", "measure"),
                    "{\"from\":\"gate\",\"metres\":3}".getBytes(StandardCharsets.UTF_8));
            stranger.flush(SOON);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(queue.job(JobId.of("foreign")))
                        .map(Job::state)
                        .contains(JobState.SUCCEEDED));
    }

    @Test
    void whileEveryLaneHasWorkThePrioritiesShareItByTheirWeights() throws Exception {
        int each = 40;
        Queue<String> order = new ConcurrentLinkedQueue<>();
        for (JobPriority priority : JobPriority.values()) {
            JobOptions options = JobOptions.builder().priority(priority).build();
            queue.submitAll(
                    MEASURE,
                    IntStream.range(0, each)
                            .mapToObj(i -> new JobRequest<>(new Leg(priority.name(), i), options))
                            .toList());
        }
        CountDownLatch all = new CountDownLatch(4 * each);
        working(1, (leg, context) -> {
            order.add(leg.from());
            all.countDown();
            return null;
        });

        assertThat(all.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        List<String> firstSixty = order.stream().limit(60).toList();
        assertThat(firstSixty.stream().filter("CRITICAL"::equals).count()).isBetween(28L, 40L);
        assertThat(firstSixty.stream().filter("LOW"::equals).count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void oneTenantsBacklogDelaysAnothersJobByARoundOnly() throws Exception {
        JobOptions greedy = JobOptions.builder().tenant("greedy").build();
        queue.submitAll(
                MEASURE,
                IntStream.range(0, 2_000)
                        .mapToObj(i -> new JobRequest<>(new Leg("greedy", i), greedy))
                        .toList());
        AtomicInteger greedyDone = new AtomicInteger();
        AtomicInteger before = new AtomicInteger();
        Semaphore pace = new Semaphore(5);
        CountDownLatch modest = new CountDownLatch(1);
        working(2, (leg, context) -> {
            if (leg.from().equals("modest")) {
                before.set(greedyDone.get());
                modest.countDown();
                pace.release(10_000);
            } else {
                pace.acquire();
                greedyDone.incrementAndGet();
            }
            return null;
        });
        await().atMost(SOON).until(() -> greedyDone.get() == 5);

        queue.submit(
                MEASURE,
                new Leg("modest", 1),
                JobOptions.builder().tenant("modest").build());
        await().atMost(SOON).until(() -> {
            pace.release();
            return modest.getCount() == 0;
        });
        assertThat(before.get()).as("jobs of the greedy before the modest one").isLessThan(100);
    }

    @Test
    void anAttemptLongerThanItsTimeFailsAndTheNextOneRuns() {
        CountDownLatch never = new CountDownLatch(1);
        working((leg, context) -> {
            if (context.attempt() == 1) {
                never.await();
            }
            return measured(leg, context);
        });
        JobOptions options = JobOptions.builder()
                .retry(QUICK)
                .timeouts(JobTimeouts.none().withStartToClose(Duration.ofMillis(200)))
                .build();

        JobHandle<Sum> handle = queue.submit(MEASURE, LEG, options);

        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(12.5, 2)));
        assertThat(handle.job().attempts().get(0).error()).map(JobError::name).contains("timeout.start-to-close");
    }

    @Test
    void aHandlerThatGivesNoSignOfLifeLosesItsAttempt() {
        CountDownLatch never = new CountDownLatch(1);
        working((leg, context) -> {
            if (context.attempt() == 1) {
                never.await();
            }
            return measured(leg, context);
        });
        JobOptions options = JobOptions.builder()
                .retry(QUICK)
                .timeouts(JobTimeouts.none().withHeartbeat(Duration.ofMillis(200)))
                .build();

        JobHandle<Sum> handle = queue.submit(MEASURE, LEG, options);

        assertThat(handle.await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(handle.job().attempts().get(0).error()).map(JobError::name).contains("timeout.heartbeat");
    }

    @Test
    void aJobThatRunsAtItsDeadlineExpiresAndItsHandlerIsTold() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        working((leg, context) -> {
            context.onCancel(told::countDown);
            new CountDownLatch(1).await();
            return null;
        });
        JobOptions options =
                JobOptions.builder().deadline(Instant.now().plusMillis(600)).build();

        assertThat(queue.submit(MEASURE, LEG, options).await(SOON).state()).isEqualTo(JobState.EXPIRED);
        assertThat(told.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aJobThatNobodyBeganInTimeExpiresUnrun() {
        JobOptions options = JobOptions.builder()
                .timeouts(JobTimeouts.none().withScheduleToStart(Duration.ofSeconds(1)))
                .build();
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG, options);
        await().atMost(SOON)
                .until(() -> Instant.now().isAfter(handle.job().submittedAt().plusMillis(1_100)));
        AtomicInteger runs = new AtomicInteger();
        working((leg, context) -> {
            runs.incrementAndGet();
            return null;
        });

        assertThat(handle.await(SOON).state()).isEqualTo(JobState.EXPIRED);
        assertThat(runs).hasValue(0);
    }

    @Test
    void progressIsSeenWhileItRunsAndTheNextAttemptGoesOnFromThere() {
        CountDownLatch seen = new CountDownLatch(1);
        working((leg, context) -> {
            if (context.attempt() == 1) {
                context.progress(0.5, "half way", JsonObject.of("episode", 17));
                seen.await();
                throw new IOException("power");
            }
            JobProgress last = context.lastProgress();
            return new Sum(last.detail().integer("episode").orElse(-1), context.attempt());
        });
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG, retrying(QUICK));
        Queue<JobProgress> progress = new ConcurrentLinkedQueue<>();
        try (var subscription = handle.onProgress(progress::add)) {
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(handle.job().progress().message()).isEqualTo("half way"));
            assertThat(handle.job().state()).isEqualTo(JobState.RUNNING);
            seen.countDown();

            assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(17, 2)));
            assertThat(progress).extracting(JobProgress::fraction).contains(0.5);
        }
    }

    @Test
    void aRunningJobIsCancelledFromAnotherProcess() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        working((leg, context) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        assertThat(running.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        try (Fleet other = NatsFleet.connect(NatsOptions.of(BROKER.server().url()))) {
            other.jobs().queue(queue.name()).cancel(handle.id());
        }

        assertThat(handle.await(SOON).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aHandlerThatFinishesAllTheSameHasSucceeded() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        working((leg, context) -> {
            context.progress(0.1, "deaf");
            recorded.countDown();
            boolean went = false;
            while (!went) {
                try {
                    went = go.await(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
            return measured(leg, context);
        });
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        assertThat(recorded.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).until(() -> handle.job().state() == JobState.RUNNING);
        handle.cancel();
        assertThat(handle.job().cancelling()).isTrue();
        go.countDown();

        assertThat(handle.await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void anEffectThatMustNotRepeatIsDoneOnceOverAllAttempts() {
        AtomicInteger effects = new AtomicInteger();
        working((leg, context) -> {
            int effect = context.once("invoice", Integer.class, effects::incrementAndGet);
            if (context.attempt() < 3) {
                throw new IOException("after the effect");
            }
            return new Sum(effect, context.attempt());
        });

        assertThat(queue.submit(MEASURE, LEG, retrying(QUICK)).await(SOON))
                .isEqualTo(new JobOutcome.Succeeded<>(new Sum(1, 3)));
        assertThat(effects).hasValue(1);
    }

    @Test
    void anEffectThatFailedIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        working((leg, context) -> {
            String effect = context.once("mail", String.class, () -> {
                if (tries.incrementAndGet() == 1) {
                    throw new IOException("mail server");
                }
                return "sent";
            });
            return new Sum(effect.length(), context.attempt());
        });

        assertThat(queue.submit(MEASURE, LEG, retrying(QUICK)).await(SOON))
                .isEqualTo(new JobOutcome.Succeeded<>(new Sum(4, 2)));
    }

    @Test
    void aWorkerThatStopsLetsItsJobsFinish() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        JobWorker worker = working((leg, context) -> {
            running.countDown();
            go.await();
            return measured(leg, context);
        });
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        assertThat(running.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread stopping = new Thread(() -> worker.stop(SOON));
        stopping.start();
        await().atMost(SOON).until(() -> worker.state() == WorkerState.TERMINATING);
        go.countDown();
        stopping.join();

        assertThat(worker.state()).isEqualTo(WorkerState.STOPPED);
        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(12.5, 1)));
    }

    @Test
    void whatIsNotDoneInTimeGoesToAnotherWorkerAtOnceAndIsNotCounted() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        JobWorker worker = working((leg, context) -> {
            running.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        assertThat(running.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).until(() -> handle.job().state() == JobState.RUNNING);
        worker.stop(Duration.ofMillis(100));
        assertThat(handle.job().state()).isEqualTo(JobState.WAITING);

        working(JobWorkerTest::measured);
        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(12.5, 1)));
    }

    @Test
    void aQuietWorkerTakesNoMoreUntilItIsToldTo() {
        JobWorker worker = working(JobWorkerTest::measured);
        assertThat(queue.submit(MEASURE, LEG).await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
        queue.order(worker.id(), WorkerState.QUIET);
        await().atMost(SOON).until(() -> worker.state() == WorkerState.QUIET);

        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        working((leg, context) -> new Sum(-1, 1));
        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(-1, 1)));

        queue.order(worker.id(), WorkerState.RUNNING);
        await().atMost(SOON).until(() -> worker.state() == WorkerState.RUNNING);
        queue.order(worker.id(), WorkerState.TERMINATING);
        await().atMost(SOON).until(() -> worker.state() == WorkerState.STOPPED);
    }

    @Test
    void whatIsLongIsKeptFromOthersByTheWorkersHeartbeat() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        JobHandler<Leg, Sum> slow = (leg, context) -> {
            runs.incrementAndGet();
            go.await();
            return measured(leg, context);
        };
        working(slow);
        working(slow);
        JobHandle<Sum> handle = queue.submit(MEASURE, LEG);
        Instant started = Instant.now();
        await().atMost(SOON).until(() -> Instant.now().isAfter(started.plusMillis(3_500)));
        go.countDown();

        assertThat(handle.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>(new Sum(12.5, 1)));
        assertThat(runs).hasValue(1);
    }

    @Test
    void aBulkOfJobsEndsWithEachResultInItsPlace() {
        working(16, JobWorkerTest::measured);
        List<JobRequest<Leg>> requests = IntStream.range(0, 2_500)
                .mapToObj(i -> JobRequest.of(new Leg("dock", i)))
                .toList();

        List<Submission<Sum>> submissions = queue.submitAll(MEASURE, requests);

        assertThat(submissions).hasSize(2_500);
        assertThat(IntStream.range(0, 2_500).filter(i -> i % 50 == 0))
                .allSatisfy(i -> assertThat(
                                submissions.get(i).handle().orElseThrow().await(SOON))
                        .isEqualTo(new JobOutcome.Succeeded<>(new Sum(i, 1))));
        await().atMost(SOON).until(() -> queue.figures().completed() == 2_500);
        assertThat(queue.figures().active()).isZero();
    }

    @Test
    void aWorkerNeedsAHandlerAndATypeHasOne() {
        assertThatThrownBy(() -> JobWorker.builder(queue).start()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> JobWorker.builder(queue)
                        .handle(MEASURE, JobWorkerTest::measured)
                        .handle(MEASURE, JobWorkerTest::measured))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("measure");
    }

    @Test
    void metadataAndTenantReachTheHandler() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        working((leg, context) -> {
            seen.add(context.tenant().orElse("") + context.metadata().get("site") + context.ref());
            context.throwIfCancelled();
            return null;
        });
        JobOptions options = JobOptions.builder()
                .id("named")
                .tenant("acme")
                .metadata(Map.of("site", "Köln"))
                .build();

        queue.submit(MEASURE, LEG, options).await(SOON);

        assertThat(seen).containsExactly("acmeKöln" + queue.name() + "/named");
    }
}
