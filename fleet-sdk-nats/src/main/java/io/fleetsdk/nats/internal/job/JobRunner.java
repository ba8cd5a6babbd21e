package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobHandler;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobWorker.Registration;
import io.fleetsdk.job.JobWorker.Spec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.protocol.JobSubjects.Ready;
import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker does with one job: reads it, finds out whether it may begin and as which attempt, and runs its handler. */
final class JobRunner implements Attempt.Worker {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final String UNKNOWN_TYPE = "unknown";
    /** Ends that may be under way to the broker, and handlers that run. */
    private static final int MOST_HELD = 4_096;

    /** Bytes of JSON: a record has to fit a message of the broker. */
    private static final int LARGEST_DETAIL = 64 * 1024;

    private final Spec spec;
    private final JobParts parts;
    private final Executor readers;
    private final UntilStored untilStored;
    private final AttemptFinish finish;
    private final OnceEffects effects;
    private final Set<Attempt> held = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(MOST_HELD);
    private final AtomicInteger beginning = new AtomicInteger();
    private volatile boolean stopping;

    /**
     * @param readers for what waits for the broker
     */
    JobRunner(Spec spec, JobParts parts, Executor readers) {
        this.spec = spec;
        this.parts = parts;
        this.readers = readers;
        this.untilStored = new UntilStored(parts.broker().ticker());
        this.finish = new AttemptFinish(parts, untilStored, readers, this::release);
        this.effects = new OnceEffects(parts.broker(), parts.records());
    }

    /** The attempts of which not everything is stored yet, running or not. */
    Set<Attempt> held() {
        return held;
    }

    /** Once per attempt, before anything can end it: whoever is held again after its end is held for ever. */
    private Attempt held(Attempt attempt) {
        held.add(attempt);
        room.acquireUninterruptibly();
        return attempt;
    }

    private void release(Attempt attempt) {
        if (held.remove(attempt)) {
            room.release();
            if (held.isEmpty()) {
                synchronized (held) {
                    held.notifyAll();
                }
            }
        }
    }

    /** Waits until nothing is held or about to be, for so long at most. */
    void awaitNothingHeld(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (held) {
            while (hasSomeInHand() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.timedWait(held, 20);
            }
        }
    }

    private boolean hasSomeInHand() {
        return !held.isEmpty() || beginning.get() > 0 && !stopping;
    }

    /** Ends what is held, and what begins from now on, as handed back. */
    void handBackAll() {
        stopping = true;
        held.forEach(attempt -> {
            attempt.end(new AttemptEnd.HandedBack());
            attempt.stop("the worker stops");
        });
    }

    /** Tells the broker that the message's job is still in hand. */
    static void keep(Message message) {
        try {
            message.inProgress();
        } catch (IllegalStateException e) {
            log.debug("Not connected; the job may be lost to another worker", e);
        }
    }

    /** Learns from the record whether the attempt was cancelled or has lost its job, should a signal have been missed. */
    void lookAgain(Attempt attempt) {
        if (attempt.journal().begun() && !attempt.hasEnded()) {
            attempt.journal().lookAgain();
        }
    }

    void handBack(PulledJob pulled) {
        finish.nak(pulled.message());
    }

    /**
     * Runs the job on this thread; its end is stored later, on others.
     *
     * @param isCancelled whether a job that has no record was cancelled after it was pulled
     */
    void run(PulledJob pulled, Predicate<JobId> isCancelled) {
        beginning.incrementAndGet();
        try {
            runCounted(pulled, isCancelled);
        } finally {
            beginning.decrementAndGet();
        }
    }

    private void runCounted(PulledJob pulled, Predicate<JobId> isCancelled) {
        Message message = pulled.message();
        try {
            Optional<Attempt> attempt = read(message)
                    .flatMap(job ->
                            isCancelled.test(job.ref().id()) ? begunAfterLooking(job, message) : begin(job, pulled));
            attempt.ifPresent(begun -> run(begun, () -> handle(begun)));
        } catch (ConflictException e) {
            log.debug("Another worker has taken {} meanwhile", message.getSubject());
        } catch (FleetException e) {
            log.warn("A job was not begun and goes back to its queue: {}", message.getSubject(), e);
            finish.nakLater(message);
        }
    }

    private void run(Attempt attempt, Callable<AttemptEnd> handler) {
        if (stopping) {
            attempt.end(new AttemptEnd.HandedBack());
        }
        attempt.run(handler);
    }

    /** Empty where the message was given up at once. */
    private Optional<JobMessage> read(Message message) {
        Instant storedAt = message.metaData().timestamp().toInstant();
        try {
            return Optional.of(
                    parts.messages().read(message.getSubject(), message.getHeaders(), message.getData(), storedAt));
        } catch (InvalidInputException e) {
            giveUp(message, storedAt, new JobError("malformed.message", e.getMessage()));
            return Optional.empty();
        }
    }

    private void giveUp(Message message, Instant storedAt, JobError error) {
        Optional<Ready> place = place(message.getSubject());
        if (place.isEmpty()) {
            finish.bury(message, error);
            return;
        }
        Ready ready = place.get();
        JobMessage job = new JobMessage(
                ready.ref(), ready.lane(), UNKNOWN_TYPE, storedAt, JobTerms.none(), 0, true, message.getData());
        begin(job, new PulledJob(message, true, 0))
                .ifPresent(attempt -> run(attempt, () -> new AttemptEnd.Hopeless(error)));
    }

    /** Empty where the subject names no job of this SDK. */
    private static Optional<Ready> place(String subject) {
        try {
            return Optional.of(JobSubjects.ready(subject));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /**
     * The attempt that is to run; empty where there is nothing to run. A job that nobody had before begins without a look at the
     * broker: should it have a record all the same, its end will be refused.
     */
    private Optional<Attempt> begin(JobMessage job, PulledJob pulled) {
        Message message = pulled.message();
        if (pulled.isFirstDelivery() && !job.recorded()) {
            JobRecord before = JobRecord.of(job, JobState.WAITING);
            return Optional.of(held(attempt(job, message, before, JobRecords.NONE, 1)));
        }
        return begunAfterLooking(job, message);
    }

    private Optional<Attempt> begunAfterLooking(JobMessage job, Message message) {
        Optional<Recorded> found = parts.records().read(job.ref());
        return found.isPresent() ? beginOn(found.get(), job, message) : claimed(job, message, Optional.empty(), 1);
    }

    private Optional<Attempt> beginOn(Recorded found, JobMessage job, Message message) {
        JobRecord record = found.record();
        if (record.isFinal()) {
            finish.settleAgain(job.ref(), record, message);
            return Optional.empty();
        }
        if (isOutdated(job, record)) {
            finish.ack(message);
            return Optional.empty();
        }
        return claimed(job, message, Optional.of(found), Math.max(record.made(), job.attemptsMade()) + 1);
    }

    /** A newer message stands for the job: this one was overtaken by a retry that its worker had still put in. */
    private static boolean isOutdated(JobMessage job, JobRecord record) {
        return job.attemptsMade() < record.attemptsBeforeItsMessage();
    }

    /** Says in the record that this worker has the job now, which shuts out whoever had it before. */
    private Optional<Attempt> claimed(JobMessage job, Message message, Optional<Recorded> found, int number) {
        JobRecord before = found.map(Recorded::record).orElseGet(() -> JobRecord.of(job, JobState.WAITING));
        long revision = found.map(Recorded::revision).orElse(JobRecords.NONE);
        Attempt attempt = held(attempt(job, message, before, revision, number));
        Optional<AttemptEnd> endAtOnce = endBeforeBeginning(before, job, number);
        if (endAtOnce.isPresent()) {
            run(attempt, endAtOnce::get);
            return Optional.empty();
        }
        try {
            parts.records().awaited("claim job " + job.ref(), attempt.journal().write(record -> record));
            return Optional.of(attempt);
        } catch (FleetException e) {
            release(attempt);
            throw e;
        }
    }

    private static Optional<AttemptEnd> endBeforeBeginning(JobRecord before, JobMessage job, int number) {
        if (before.isCancelling()) {
            return Optional.of(new AttemptEnd.Cancelled());
        }
        boolean lost = before.state() == JobState.RUNNING;
        if (lost && before.counted(number) > job.terms().retryPolicy().maxAttempts()) {
            String worker = before.lastAttempt().map(JobAttempt::worker).orElse("its worker");
            return Optional.of(new AttemptEnd.Hopeless(
                    new JobError("worker.lost", worker + " vanished or froze in attempt " + (number - 1))));
        }
        return Optional.empty();
    }

    private Attempt attempt(JobMessage job, Message message, JobRecord before, long revision, int number) {
        JobAttempt own = new JobAttempt(
                number, spec.id(), now().truncatedTo(ChronoUnit.MILLIS), Optional.empty(), Optional.empty());
        JobProgress reported = before.progress().orElse(JobProgress.none());
        return new Attempt(
                job,
                message,
                reported,
                this,
                listener -> new AttemptJournal(
                        parts.records(), job.ref(), before, revision, own, untilStored, readers, listener));
    }

    private AttemptEnd handle(Attempt attempt) throws Exception {
        JobMessage job = attempt.job();
        Optional<String> tooLate = tooLate(job, attempt);
        if (tooLate.isPresent()) {
            return new AttemptEnd.Expired(tooLate.get());
        }
        Registration<?, ?> registration = spec.handlers().get(job.type());
        if (registration == null) {
            return new AttemptEnd.Hopeless(
                    new JobError("unknown.type", "worker " + spec.id() + " has no handler for type " + job.type()));
        }
        return handled(registration, job, attempt);
    }

    private <I, R> AttemptEnd handled(Registration<I, R> registration, JobMessage job, Attempt attempt)
            throws Exception {
        I input;
        try {
            input = parts.broker()
                    .codec()
                    .decode(job.input(), registration.type().input());
        } catch (InvalidInputException e) {
            return new AttemptEnd.Hopeless(new JobError("malformed.input", e.getMessage()));
        }
        JobHandler<I, R> handler = registration.handler();
        attempt.handlerBegins();
        return new AttemptEnd.Done(handler.handle(input, attempt));
    }

    private Optional<String> tooLate(JobMessage job, Attempt attempt) {
        Instant started = attempt.journal().attempt().startedAt();
        if (job.terms().deadline().filter(last -> started.isAfter(last)).isPresent()) {
            return Optional.of("the deadline came before it began");
        }
        Instant readyAt = job.terms().runAt().orElse(job.submittedAt());
        return job.attemptsMade() > 0
                ? Optional.empty()
                : job.terms()
                        .limits()
                        .scheduleToStart()
                        .filter(longest -> started.isAfter(readyAt.plus(longest)))
                        .map(longest -> "nobody began it within " + longest);
    }

    @Override
    public Instant now() {
        return parts.broker().clock().instant();
    }

    @Override
    public void aside(Runnable action) {
        readers.execute(action);
    }

    @Override
    public void check(JsonObject detail) {
        if (!detail.isEmpty()) {
            int size = parts.broker().codec().encode(detail).length;
            Require.within("detail", size, 0, LARGEST_DETAIL);
        }
    }

    @Override
    public void ended(Attempt attempt, AttemptEnd end) {
        finish.finish(attempt, end);
    }

    @Override
    public List<ChildOutcome> children(JobTerms parent) {
        return parts.flows().children(parent);
    }

    @Override
    public <T> T once(Attempt attempt, String key, Class<T> type, Callable<T> action) throws Exception {
        return effects.once(attempt, key, type, action);
    }
}
