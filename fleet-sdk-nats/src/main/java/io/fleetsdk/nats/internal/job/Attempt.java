package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobCancelledException;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.json.JsonObject;
import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a handler: what the handler sees of it, and the first reason for which it ended. Whatever comes after the first end is
 * ignored, such as the result of a handler that went on after its time was up.
 */
final class Attempt implements JobContext {
    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    /** What an attempt needs of its worker. */
    interface Worker {
        Instant now();

        /** Runs what belongs to others, and may block, beside the worker's own work. */
        void aside(Runnable action);

        /**
         * @throws io.fleetsdk.InvalidInputException if it is larger than a record has room for
         */
        void check(JsonObject detail);

        /** The attempt has come to its end. Called once, on the thread that found the end. */
        void ended(Attempt attempt, AttemptEnd end);

        List<ChildOutcome> children(JobTerms parent);

        <T> T once(Attempt attempt, String key, Class<T> type, Callable<T> action) throws Exception;
    }

    private final JobMessage job;
    private final Message message;
    private final JobProgress before;
    private final Worker worker;
    private final Optional<Instant> deadline;
    private final AttemptJournal journal;
    private @Nullable Thread thread;
    private @Nullable AttemptEnd end;
    private boolean ran;
    private @Nullable String stopReason;
    private final List<Runnable> onCancel = new ArrayList<>(0);
    private @Nullable JobProgress unsent;
    private volatile long signOfLife = System.nanoTime();

    /**
     * @param makeJournal is given what is to hear of lost jobs and cancellations
     */
    Attempt(JobMessage job, Message message, JobProgress before, Worker worker, JournalMaker makeJournal) {
        this.job = job;
        this.message = message;
        this.before = before;
        this.worker = worker;
        this.journal = makeJournal.make(new AttemptJournal.Listener() {
            @Override
            public void cancelAsked() {
                stop("the job was cancelled");
            }

            @Override
            public void lost() {
                end(new AttemptEnd.Lost());
                stop("the job belongs to another worker now");
            }
        });
        this.deadline = deadline(job.terms(), journal.attempt().startedAt());
    }

    private static Optional<Instant> deadline(JobTerms terms, Instant started) {
        Optional<Instant> limit = terms.limits().startToClose().map(started::plus);
        return terms.deadline()
                .filter(last -> limit.isEmpty() || last.isBefore(limit.get()))
                .or(() -> limit);
    }

    /** Makes the attempt's journal. */
    @FunctionalInterface
    interface JournalMaker {
        AttemptJournal make(AttemptJournal.Listener listener);
    }

    JobMessage job() {
        return job;
    }

    Message message() {
        return message;
    }

    AttemptJournal journal() {
        return journal;
    }

    /** Since its beginning. */
    Duration age(Instant now) {
        return Duration.between(journal.attempt().startedAt(), now);
    }

    /** Runs the handler on this thread; the end is what it comes to, unless there was one before. */
    void run(Callable<AttemptEnd> handler) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            thread = Thread.currentThread();
        }
        // Who was told to stop before it began, and has no end for another reason, was cancelled.
        AttemptEnd reached = isCancelled() ? new AttemptEnd.Cancelled() : reached(handler);
        synchronized (this) {
            thread = null;
            // An interrupt was meant for this handler, not for the next one.
            Thread.interrupted();
        }
        end(reached);
    }

    private AttemptEnd reached(Callable<AttemptEnd> handler) {
        try {
            return handler.call();
        } catch (NonRetryableException e) {
            return new AttemptEnd.Hopeless(JobError.of(e));
        } catch (Throwable e) {
            return isCancelled() ? new AttemptEnd.Cancelled() : new AttemptEnd.Failed(JobError.of(e));
        }
    }

    /** Ends the attempt, if it has not ended. */
    void end(AttemptEnd reason) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = reason;
        }
        worker.ended(this, reason);
    }

    /** From now on it is the handler that runs, not what comes before it. */
    synchronized void handlerBegins() {
        ran = true;
    }

    /** Whether its handler has ever run. */
    synchronized boolean hasRun() {
        return ran;
    }

    synchronized boolean hasEnded() {
        return end != null;
    }

    /** Tells the handler to stop; whether and how is its decision. */
    void stop(String reason) {
        List<Runnable> actions;
        synchronized (this) {
            if (stopReason != null) {
                return;
            }
            stopReason = reason;
            if (thread != null) {
                thread.interrupt();
            }
            actions = List.copyOf(onCancel);
        }
        actions.forEach(action -> worker.aside(() -> called(action)));
    }

    private static void called(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("An action on cancellation failed", e);
        }
    }

    /** Ends the attempt where one of its times is up. */
    void checkTimes(Instant now) {
        JobTimeouts limits = job.terms().limits();
        if (job.terms().deadline().filter(last -> !now.isBefore(last)).isPresent()) {
            endBefore(new AttemptEnd.Expired("the deadline came while it ran"), "the job's deadline has come");
        } else if (deadline.filter(last -> !now.isBefore(last)).isPresent()) {
            timedOut("timeout.start-to-close", limits.startToClose());
        } else if (limits.heartbeat()
                .filter(longest -> System.nanoTime() - signOfLife > longest.toNanos())
                .isPresent()) {
            timedOut("timeout.heartbeat", limits.heartbeat());
        }
    }

    private void timedOut(String name, Optional<Duration> limit) {
        String message = "longer than " + limit.map(Duration::toString).orElse("allowed");
        endBefore(new AttemptEnd.Failed(new JobError(name, message)), name + ": " + message);
    }

    /** The end counts from now on, whatever the handler does when it is told. */
    private void endBefore(AttemptEnd reason, String toldTheHandler) {
        end(reason);
        stop(toldTheHandler);
    }

    /** What was reported and not yet sent. */
    synchronized Optional<JobProgress> takeProgress() {
        Optional<JobProgress> newest = Optional.ofNullable(unsent);
        unsent = null;
        return newest;
    }

    @Override
    public JobRef ref() {
        return job.ref();
    }

    @Override
    public int attempt() {
        return journal.attempt().number();
    }

    @Override
    public Map<String, String> metadata() {
        return job.terms().metadata();
    }

    @Override
    public Optional<String> tenant() {
        return job.lane().tenant();
    }

    @Override
    public Optional<Instant> deadline() {
        return deadline;
    }

    @Override
    public JobProgress lastProgress() {
        return before;
    }

    @Override
    public void progress(double fraction, String message, JsonObject detail) {
        JobProgress reported = new JobProgress(fraction, message, detail);
        worker.check(reported.detail());
        heartbeat();
        synchronized (this) {
            unsent = reported;
        }
    }

    @Override
    public void heartbeat() {
        signOfLife = System.nanoTime();
    }

    @Override
    public synchronized boolean isCancelled() {
        return stopReason != null;
    }

    @Override
    public synchronized void throwIfCancelled() {
        if (stopReason != null) {
            throw new JobCancelledException(stopReason);
        }
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (stopReason == null) {
                onCancel.add(action);
                return;
            }
        }
        called(action);
    }

    @Override
    public List<ChildOutcome> children() {
        return worker.children(job.terms());
    }

    @Override
    public <T> T once(String key, Class<T> type, Callable<T> action) throws Exception {
        return worker.once(this, key, type, action);
    }
}
