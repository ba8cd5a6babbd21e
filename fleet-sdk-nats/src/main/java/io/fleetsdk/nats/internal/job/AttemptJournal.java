package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * What one attempt writes into its job's record: one write after the other, each on the revision of the one before. A write that
 * meets somebody else's is repeated on top of it as long as the job is still this attempt's; otherwise the attempt has lost its
 * job and writes no more. Thread-safe.
 */
final class AttemptJournal {
    /** Hears what a write found out. */
    interface Listener {
        /** Somebody has asked to cancel the job. */
        void cancelAsked();

        /** The job belongs to another attempt, or has ended without this one. */
        void lost();
    }

    private final JobRecords records;
    private final JobRef ref;
    private final JobAttempt attempt;
    private final UntilStored untilStored;
    private final Executor readers;
    private final Listener listener;
    private JobRecord record;
    private CompletableFuture<Long> revision;
    private boolean begun;

    /**
     * @param before the record that the attempt begins on, this attempt not in it
     * @param revision of what is stored now; {@link JobRecords#NONE} for nothing
     * @param readers for the reading after a conflict
     */
    AttemptJournal(
            JobRecords records,
            JobRef ref,
            JobRecord before,
            long revision,
            JobAttempt attempt,
            UntilStored untilStored,
            Executor readers,
            Listener listener) {
        this.records = records;
        this.ref = ref;
        this.attempt = attempt;
        this.untilStored = untilStored;
        this.readers = readers;
        this.listener = listener;
        this.record = before.running(attempt);
        this.revision = CompletableFuture.completedFuture(revision);
    }

    /** The record as this attempt sees it, stored or about to be. */
    synchronized JobRecord record() {
        return record;
    }

    JobAttempt attempt() {
        return attempt;
    }

    /** Whether anything of this attempt is stored or about to be. */
    synchronized boolean begun() {
        return begun;
    }

    /** Where nothing is stored, lets nothing be stored from now on, and says so. */
    synchronized boolean closedUnbegun() {
        if (!begun) {
            record = record.withState(JobState.WAITING);
        }
        return !begun;
    }

    /**
     * Changes the record and stores it after everything before. Nothing follows the write that ended the attempt.
     *
     * @return completes when it is stored; exceptionally with a {@link ConflictException} if the job is lost
     */
    synchronized CompletableFuture<Long> write(UnaryOperator<JobRecord> step) {
        if (record.state() != JobState.RUNNING) {
            return revision;
        }
        begun = true;
        record = step.apply(record);
        JobRecord next = record;
        revision = revision.isDone() && !revision.isCompletedExceptionally()
                ? stored(next, revision.join())
                : revision.thenCompose(known -> stored(next, known));
        return revision;
    }

    /** Reads what is stored, in case a signal was missed. While a write of its own is under way, that one finds out. */
    void lookAgain() {
        CompletableFuture<Long> before = lastWrite();
        if (!before.isDone()) {
            return;
        }
        records.read(ref)
                .filter(found -> lastWrite() == before)
                .map(Recorded::record)
                .ifPresent(stored -> {
                    if (!isMine(stored)) {
                        listener.lost();
                    } else if (stored.isCancelling()) {
                        listener.cancelAsked();
                    }
                });
    }

    private synchronized CompletableFuture<Long> lastWrite() {
        return revision;
    }

    private CompletableFuture<Long> stored(JobRecord next, long known) {
        return written(next, known).exceptionallyCompose(failure -> mended(next, known, failure));
    }

    /** Also after an unknown outcome: if it was stored, the next try meets it and finds it its own. */
    private CompletionStage<Long> mended(JobRecord next, long known, Throwable failure) {
        if (UntilStored.causeOf(failure) instanceof ConflictException) {
            return afterConflict(next)
                    .exceptionallyCompose(later -> UntilStored.isPassing(later)
                            ? untilStored.run(() -> storedOnce(next, known))
                            : CompletableFuture.failedFuture(later));
        }
        return UntilStored.isPassing(failure)
                ? untilStored.run(() -> storedOnce(next, known))
                : CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<Long> storedOnce(JobRecord next, long known) {
        return written(next, known)
                .exceptionallyCompose(failure -> UntilStored.causeOf(failure) instanceof ConflictException
                        ? afterConflict(next)
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Long> written(JobRecord next, long known) {
        return next.isFinal() ? records.writeLast(ref, next, known) : records.write(ref, next, known);
    }

    private CompletionStage<Long> afterConflict(JobRecord next) {
        return CompletableFuture.supplyAsync(() -> records.read(ref), readers)
                .thenCompose(found ->
                        found.map(other -> onTopOf(other, next)).orElseGet(() -> storedOnce(next, JobRecords.NONE)));
    }

    /** For the writes to come as well. */
    private synchronized JobRecord rememberCancelling(JobRecord next) {
        record = record.withCancelling();
        return next.withCancelling();
    }

    private CompletableFuture<Long> onTopOf(Recorded found, JobRecord next) {
        if (!isMine(found.record())) {
            listener.lost();
            return CompletableFuture.failedFuture(new ConflictException("job " + ref + " is no longer this attempt's"));
        }
        if (found.record().isFinal()
                || found.record().state() == next.state() && next.state().isFinal()) {
            return CompletableFuture.completedFuture(found.revision());
        }
        if (found.record().isCancelling() && !next.isFinal()) {
            listener.cancelAsked();
            return storedOnce(rememberCancelling(next), found.revision());
        }
        return storedOnce(next, found.revision());
    }

    /** A worker that was cut off may get its own job a second time, and two may have the same id. */
    private boolean isMine(JobRecord stored) {
        return stored.lastAttempt()
                .filter(last -> last.number() == attempt.number()
                        && last.worker().equals(attempt.worker())
                        && last.startedAt().equals(attempt.startedAt()))
                .isPresent();
    }
}
