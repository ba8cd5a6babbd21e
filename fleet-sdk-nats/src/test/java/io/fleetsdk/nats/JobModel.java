package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.NonRetryableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One queue with two workers whose handlers do what they are told, and what may be expected of it after all that was done. */
final class JobModel implements AutoCloseable {
    static final int WORKERS = 2;

    private static final Duration SOON = Duration.ofSeconds(25);
    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final JobType<Integer, String> TASK = JobType.of("task", Integer.class, String.class);

    /** What a handler is told. */
    enum Order {
        FINISH,
        FAIL,
        FAIL_FOR_GOOD,
        PROGRESS
    }

    /** What was done to one job. */
    private static final class Story {
        volatile JobOptions options = JobOptions.defaults();
        final Set<JobState> ends = ConcurrentHashMap.newKeySet();
        final List<JobState> steps = new CopyOnWriteArrayList<>();
        volatile int retries;
        volatile boolean purged;
        volatile boolean mustBeCancelled;
        volatile int lastAttempt;
        volatile boolean handedBack;
        volatile Optional<Instant> endSeen = Optional.empty();

        private boolean isNoLongerRun() {
            return endSeen.filter(at -> Instant.now().isAfter(at.plusMillis(500)))
                    .isPresent();
        }
    }

    /** A handler at work. */
    private record Run(JobId id, int worker, BlockingQueue<Order> orders) {}

    private final TestBroker broker;
    private final Fleet here;
    private final Fleet elsewhere;
    private final JobQueue queue;
    private final Subscription watching;
    private final List<Optional<JobWorker>> workers = new ArrayList<>();
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final List<JobId> accepted = new ArrayList<>();
    private final Map<JobId, Story> stories = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Set<JobId> seen = ConcurrentHashMap.newKeySet();
    private final Set<Integer> stopping = ConcurrentHashMap.newKeySet();
    private volatile boolean finishing;
    private volatile boolean killed;

    JobModel(TestBroker broker, String name) {
        this.broker = broker;
        this.here = broker.fleet();
        this.elsewhere = broker.fleet();
        this.queue = here.jobs().define(JobQueueSpec.of(name).withHeartbeatTimeout(Duration.ofSeconds(2)));
        this.watching = queue.watch(this::step);
        for (int i = 0; i < WORKERS; i++) {
            workers.add(Optional.empty());
        }
        startWorker(0);
    }

    private Story story(JobId id) {
        return stories.computeIfAbsent(id, missing -> new Story());
    }

    private Optional<JobId> job(int index) {
        return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.get(index % accepted.size()));
    }

    void submit(JobOptions options) {
        JobId id = queue.submit(TASK, 1, options).id();
        if (!accepted.contains(id)) {
            accepted.add(id);
            story(id).options = options;
        }
    }

    void cancel(int index) {
        job(index).ifPresent(id -> {
            Story story = story(id);
            try {
                elsewhere.jobs().queue(queue.name()).cancel(id);
                story.ends.add(JobState.CANCELLED);
                story.mustBeCancelled |= story.lastAttempt == 0;
            } catch (ConflictException e) {
                assertThat(queue.job(id).orElseThrow().state().isFinal())
                        .as("%s: %s", id, e.getMessage())
                        .isTrue();
            } catch (UnknownOutcomeException e) {
                assertThat(killed).as(e.getMessage()).isTrue();
                story.ends.add(JobState.CANCELLED);
            }
        });
    }

    void tell(int index, Order order) {
        awaitSomeRun();
        List<Run> now = List.copyOf(runs);
        if (!now.isEmpty()) {
            now.get(index % now.size()).orders().add(order);
        }
    }

    private synchronized void awaitSomeRun() {
        Instant until = Instant.now().plus(A_MOMENT);
        try {
            while (runs.isEmpty() && worksSome() && Instant.now().isBefore(until)) {
                TimeUnit.MILLISECONDS.timedWait(this, 20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean worksSome() {
        return workers.stream().anyMatch(Optional::isPresent);
    }

    void startWorker(int index) {
        if (workers.get(index).isEmpty()) {
            Fleet fleet = index == 0 ? here : elsewhere;
            workers.set(
                    index,
                    Optional.of(JobWorker.builder(fleet.jobs().queue(queue.name()))
                            .handle(TASK, (input, context) -> handle(index, context))
                            .concurrency(3)
                            .start()));
        }
    }

    /** What it has is handed back, also what it begins in this moment. */
    void stopWorker(int index) {
        workers.get(index).ifPresent(worker -> {
            stopping.add(index);
            runs.stream().filter(run -> run.worker() == index).forEach(run -> story(run.id()).handedBack = true);
            worker.stop(Duration.ZERO);
            stopping.remove(index);
            workers.set(index, Optional.empty());
        });
    }

    void pause() {
        queue.pause();
    }

    void resume() {
        queue.resume();
    }

    void retryDead(int index) {
        job(index).ifPresent(id -> {
            Story story = story(id);
            try {
                story.retries++;
                queue.deadLetters().retry(id);
                story.endSeen = Optional.empty();
            } catch (NotFoundException | ConflictException e) {
                story.retries--;
            }
        });
    }

    void purgeDead(int index) {
        job(index).ifPresent(id -> {
            try {
                queue.deadLetters().purge(id);
                story(id).purged = true;
            } catch (NotFoundException e) {
                assertThat(e).hasMessageContaining(id.value());
            }
        });
    }

    void lookElsewhere(int index) {
        job(index)
                .ifPresent(id -> assertThat(elsewhere.jobs().queue(queue.name()).find(TASK, id))
                        .as("job %s found from another connection", id)
                        .isPresent());
    }

    void killBroker() {
        killed = true;
        broker.server().kill();
        broker.server().restart();
        await().atMost(SOON).until(() -> here.isConnected() && elsewhere.isConnected());
        await().atMost(SOON).ignoreExceptions().until(() -> queue.figures() != null);
    }

    private String handle(int worker, JobContext context) throws Exception {
        Run run = new Run(context.ref().id(), worker, new LinkedBlockingQueue<>());
        begun(run, context.attempt());
        try {
            return obey(run, context);
        } finally {
            runs.remove(run);
        }
    }

    private synchronized void begun(Run run, int attempt) {
        Story story = story(run.id());
        boolean isElsewhere = runs.stream().anyMatch(other -> other.id().equals(run.id()));
        faultIf(isElsewhere && !story.handedBack && !killed, run.id(), "runs twice at a time");
        faultIf(
                attempt <= story.lastAttempt && !story.handedBack && !killed,
                run.id(),
                "attempt " + attempt + " after attempt " + story.lastAttempt);
        int most = story.options.retry().maxAttempts() * (1 + story.retries);
        faultIf(attempt > most && !killed, run.id(), "attempt " + attempt + " of " + most);
        faultIf(story.isNoLongerRun() && story.retries == 0, run.id(), "runs after its end " + story.steps);
        story.lastAttempt = attempt;
        story.handedBack = stopping.contains(run.worker());
        runs.add(run);
        notifyAll();
    }

    private String obey(Run run, JobContext context) throws Exception {
        while (true) {
            Order order = finishing ? Order.FINISH : run.orders().poll(20, TimeUnit.MILLISECONDS);
            if (order == Order.PROGRESS) {
                context.progress(0.5, "half way");
            } else if (order != null) {
                return ended(run, order);
            }
        }
    }

    private String ended(Run run, Order order) throws Exception {
        Set<JobState> ends = story(run.id()).ends;
        if (order == Order.FINISH) {
            ends.add(JobState.SUCCEEDED);
            return "done";
        }
        ends.add(JobState.FAILED);
        if (order == Order.FAIL) {
            throw new IOException("told to");
        }
        throw new NonRetryableException("told to");
    }

    private void faultIf(boolean wrong, JobId id, String what) {
        if (wrong) {
            faults.add(id + " " + what);
        }
    }

    /** Each step as the queue tells it. */
    private void step(Job job) {
        Story story = story(job.ref().id());
        seen.add(job.ref().id());
        JobState next = job.state();
        int told = story.steps.size();
        JobState last = told == 0 ? next : story.steps.get(told - 1);
        boolean isStep =
                told == 0 || last == next && !next.isFinal() || reachable(last).contains(next);
        faultIf(!isStep && !killed, job.ref().id(), "went from " + last + " to " + next + " after " + story.steps);
        faultIf(
                last == JobState.FAILED && told > 0 && story.retries == 0,
                job.ref().id(),
                "left FAILED unasked");
        story.steps.add(next);
        if (next.isFinal()) {
            story.endSeen = Optional.of(Instant.now());
        }
    }

    /** A watcher may see steps skipped. */
    private static Set<JobState> reachable(JobState from) {
        Set<JobState> found = EnumSet.noneOf(JobState.class);
        List<JobState> edge = List.of(from);
        while (!edge.isEmpty()) {
            edge = edge.stream()
                    .flatMap(state -> EnumSet.allOf(JobState.class).stream().filter(state::canBecome))
                    .filter(found::add)
                    .toList();
        }
        return found;
    }

    /** From now on every handler finishes; then all that was accepted has its end. */
    void comeToAnEnd() {
        finishing = true;
        queue.resume();
        startWorker(0);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(30))
                .untilAsserted(() -> assertThat(accepted)
                        .allSatisfy(id -> assertThat(job(id).state().isFinal())
                                .as("%s has an end: %s, options %s", id, job(id), story(id).options)
                                .isTrue()));
        if (!killed) {
            awaitLastStepsTold();
        }
        accepted.forEach(this::check);
        assertThat(seen).as("jobs that appeared").isSubsetOf(Set.copyOf(accepted));
        assertThat(faults).isEmpty();
    }

    private void awaitLastStepsTold() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(accepted)
                        .allSatisfy(id -> assertThat(story(id).steps)
                                .as("steps told of %s", id)
                                .last()
                                .isEqualTo(job(id).state())));
    }

    private Job job(JobId id) {
        return queue.job(id).orElseThrow(() -> new AssertionError("nothing is kept of job " + id));
    }

    private void check(JobId id) {
        Story story = story(id);
        Job job = job(id);
        assertThat(job.state()).as("end of %s, %s, %s", id, story.steps, job).isIn(allowed(story));
        if (story.mustBeCancelled && !killed) {
            assertThat(job.state())
                    .as("%s was cancelled before it began, %s", id, story.steps)
                    .isEqualTo(JobState.CANCELLED);
        }
        long ends = story.steps.stream().filter(JobState::isFinal).count();
        if (!killed) {
            assertThat(ends).as("ends of %s: %s", id, story.steps).isBetween(1L, 1L + story.retries);
        }
        boolean isDead = queue.deadLetters().find(id).isPresent();
        assertThat(isDead)
                .as("%s is in the dead letters, %s", id, story.steps)
                .isEqualTo(job.state() == JobState.FAILED && !story.purged);
    }

    private Set<JobState> allowed(Story story) {
        Set<JobState> allowed = EnumSet.noneOf(JobState.class);
        allowed.addAll(story.ends);
        story.options.deadline().ifPresent(time -> allowed.add(JobState.EXPIRED));
        story.options
                .deduplication()
                .filter(rule -> !(rule instanceof Deduplication.Throttle))
                .ifPresent(rule -> allowed.add(JobState.DISCARDED));
        if (killed) {
            allowed.add(JobState.FAILED);
        }
        return allowed;
    }

    @Override
    public void close() {
        finishing = true;
        workers.stream().flatMap(Optional::stream).forEach(worker -> worker.stop(Duration.ofSeconds(2)));
        watching.close();
        elsewhere.close();
        here.close();
    }
}
