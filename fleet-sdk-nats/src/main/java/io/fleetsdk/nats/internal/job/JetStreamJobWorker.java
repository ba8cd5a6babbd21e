package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.nats.internal.DaemonThreads;
import io.fleetsdk.protocol.JobSubjects.Lane;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a queue's jobs, each handler on a thread of its own. A finished handler's thread takes the next job at once, while the end of the
 * last one is still being stored.
 */
final class JetStreamJobWorker implements JobWorker {
    private static final Logger log = LoggerFactory.getLogger(JetStreamJobWorker.class);
    private static final Duration PULSE = Duration.ofMillis(50);
    private static final Duration REPORT = Duration.ofSeconds(5);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);
    private static final Duration RECORDED_AFTER = Duration.ofMillis(50);
    private static final Duration STORING_AFTER_STOP = Duration.ofSeconds(2);
    private static final int REMEMBERED_CANCELS = 10_000;

    private final String queue;
    private final Spec spec;
    private final JobParts parts;
    private final Consumer<JobWorker> stopped;
    private final Instant startedAt;
    private final ExecutorService side;
    private final ScheduledExecutorService clockwork;
    private final JobRunner runner;
    private final QueuePermits permits;
    private final JobsAtHand atHand;
    private final LaneHousekeeping housekeeping;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<ScheduledFuture<?>> periodic = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<JobId> cancelled = Collections.newSetFromMap(Collections.synchronizedMap(new Remembered()));
    /** Held while it stops: whoever stops it again waits for that. */
    private final Object stopping = new Object();

    private volatile WorkerState state = WorkerState.RUNNING;
    private volatile boolean ended;

    private JetStreamJobWorker(String queue, Spec spec, JobParts parts, Consumer<JobWorker> stopped) {
        this.queue = queue;
        this.spec = spec;
        this.parts = parts;
        this.stopped = stopped;
        this.startedAt = parts.broker().clock().instant();
        this.side = DaemonThreads.pool(spec.id() + "-side");
        this.clockwork = DaemonThreads.ticker(spec.id());
        this.runner = new JobRunner(spec, parts, side);
        this.permits = new QueuePermits(parts, queue, spec.id());
        this.housekeeping = new LaneHousekeeping(parts.broker(), parts.streams().of(queue));
        this.atHand = new JobsAtHand(queue, spec.concurrency(), parts, permits, runner::handBack);
    }

    static JetStreamJobWorker start(String queue, Spec spec, JobParts parts, Consumer<JobWorker> stopped) {
        JetStreamJobWorker worker = new JetStreamJobWorker(queue, spec, parts, stopped);
        try {
            worker.begin();
            return worker;
        } catch (RuntimeException e) {
            worker.release();
            throw e;
        }
    }

    private void begin() {
        Duration heartbeat = parts.lanes().heartbeatTimeout(queue).dividedBy(3);
        permits.start();
        atHand.open(parts.lanes().all(queue));
        subscriptions.add(parts.signals().receive(queue, this::heard));
        subscriptions.add(ScheduleTicks.start(parts, queue));
        for (int i = 0; i < spec.concurrency(); i++) {
            threads.add(DaemonThreads.start(spec.id() + "-" + i, this::work));
        }
        every(PULSE, this::pulse);
        every(heartbeat, this::keepJobs);
        every(REPORT, this::report);
        every(HOUSEKEEPING, () -> aside(this::keepLanes));
        atHand.resume();
        report();
    }

    private void every(Duration period, Runnable work) {
        long millis = period.toMillis();
        periodic.add(clockwork.scheduleAtFixedRate(guarded(work), millis, millis, TimeUnit.MILLISECONDS));
    }

    /** What may have to wait for the broker. */
    private void aside(Runnable work) {
        side.execute(guarded(work));
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.warn("Periodic work of worker {} failed; it is done again", spec.id(), e);
            }
        };
    }

    /** What a handler thread does until the worker has ended. */
    private void work() {
        while (!ended) {
            try {
                atHand.runNext(job -> runner.run(job, this::isCancelled));
            } catch (InterruptedException e) {
                // Only a stopped worker interrupts a thread that runs no handler.
                log.debug("A thread of worker {} was woken up", spec.id());
            } catch (RuntimeException e) {
                log.error("A job of worker {} was left to its heartbeat time-out", spec.id(), e);
            }
        }
    }

    private boolean isCancelled(JobId id) {
        return !cancelled.isEmpty() && cancelled.contains(id);
    }

    /** Each 50 ms: times, progress, and the jobs at hand. */
    private void pulse() {
        Instant now = parts.broker().clock().instant();
        runner.held().forEach(attempt -> tend(attempt, now));
        atHand.pulse(PULSE);
    }

    private static void tend(Attempt attempt, Instant now) {
        if (attempt.hasEnded()) {
            return;
        }
        attempt.checkTimes(now);
        AttemptJournal journal = attempt.journal();
        attempt.takeProgress()
                .ifPresentOrElse(progress -> journal.write(record -> record.withProgress(progress)), () -> {
                    if (!journal.begun() && attempt.age(now).compareTo(RECORDED_AFTER) >= 0) {
                        journal.write(record -> record);
                    }
                });
    }

    /** Tells the broker that this worker is alive, and learns what it may have missed. */
    private void keepJobs() {
        runner.held().forEach(attempt -> JobRunner.keep(attempt.message()));
        aside(() -> runner.held().forEach(runner::lookAgain));
    }

    private void heard(JobSignals.Signal signal) {
        if (signal instanceof JobSignals.Cancel cancel) {
            cancelled.add(cancel.id());
            runner.held().stream()
                    .filter(attempt -> attempt.ref().id().equals(cancel.id()))
                    .forEach(attempt -> attempt.stop("the job was cancelled"));
        } else if (signal instanceof JobSignals.Order order && order.worker().equals(spec.id())) {
            aside(() -> obey(order.state()));
        } else if (signal instanceof JobSignals.Changed) {
            aside(this::lookAtQueue);
        }
    }

    private void obey(WorkerState order) {
        switch (order) {
            case RUNNING -> resume();
            case QUIET -> quiet();
            case TERMINATING, STOPPED -> close();
        }
    }

    /** Finds lanes whose signal was missed, and clears all of what is done with. */
    private void keepLanes() {
        Map<Lane, Long> floors = parts.lanes().ackFloors(queue);
        atHand.know(floors.keySet());
        housekeeping.clear(floors);
    }

    private void lookAtQueue() {
        permits.changed();
        atHand.know(parts.lanes().all(queue));
    }

    private void report() {
        parts.directory().report(info());
    }

    private WorkerInfo info() {
        List<JobId> active = runner.held().stream()
                .filter(attempt -> !attempt.hasEnded())
                .map(attempt -> attempt.ref().id())
                .limit(100)
                .toList();
        return new WorkerInfo(
                spec.id(),
                queue,
                state,
                host(),
                spec.concurrency(),
                spec.handlers().keySet(),
                active,
                startedAt,
                parts.broker().clock().instant());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    @Override
    public String id() {
        return spec.id();
    }

    @Override
    public WorkerState state() {
        return state;
    }

    @Override
    public synchronized void quiet() {
        if (state == WorkerState.RUNNING) {
            state = WorkerState.QUIET;
            atHand.pause();
            report();
        }
    }

    @Override
    public synchronized void resume() {
        if (state == WorkerState.QUIET) {
            state = WorkerState.RUNNING;
            atHand.resume();
            report();
        }
    }

    @Override
    public void stop(Duration limit) {
        synchronized (stopping) {
            if (state != WorkerState.STOPPED) {
                terminate(limit);
            }
        }
    }

    private void terminate(Duration limit) {
        synchronized (this) {
            state = WorkerState.TERMINATING;
        }
        report();
        atHand.pause();
        awaitNothingHeld(limit);
        runner.handBackAll();
        awaitNothingHeld(STORING_AFTER_STOP);
        end();
    }

    private void awaitNothingHeld(Duration limit) {
        try {
            runner.awaitNothingHeld(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        release();
        parts.directory().leave(queue, spec.id());
        state = WorkerState.STOPPED;
        stopped.accept(this);
    }

    /** Ends whatever was begun, also where only some of it was. */
    private void release() {
        ended = true;
        subscriptions.forEach(Subscription::close);
        atHand.close();
        periodic.forEach(work -> work.cancel(false));
        clockwork.shutdownNow();
        threads.forEach(Thread::interrupt);
        permits.close();
        side.shutdown();
    }

    /** The newest ids only. */
    private static final class Remembered extends LinkedHashMap<JobId, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Boolean> eldest) {
            return size() > REMEMBERED_CANCELS;
        }
    }
}
