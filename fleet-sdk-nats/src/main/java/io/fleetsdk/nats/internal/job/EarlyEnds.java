package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobPlaces.Placed;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Ends jobs that nobody runs: cancelled, discarded, expired. The record comes first: it fences off whoever begins the job in this moment.
 * Then what the end means to others, then the message goes.
 */
final class EarlyEnds {
    /** Somebody else wrote the record between the look and the write: look again. */
    private static final Retry LOOK_AGAIN = Retry.of(
            "end job",
            RetryConfig.custom()
                    .maxAttempts(10)
                    .intervalFunction(IntervalFunction.ofExponentialBackoff(Duration.ofMillis(1), 2))
                    .retryExceptions(ConflictException.class)
                    .build());

    /** How the job stood. */
    sealed interface Standing {
        /** Nobody ran it: it has ended now, as asked. */
        record Ended(Recorded recorded) implements Standing {}

        /** A worker has it. */
        record Running(Recorded recorded) implements Standing {}

        /** It had ended before. */
        record Over(Recorded recorded) implements Standing {}

        /** Nothing of it is kept. */
        record Unknown() implements Standing {}
    }

    private final JobRecords records;
    private final JobPlaces places;
    private final Clock clock;
    private final BiFunction<JobRef, JobRecord, CompletableFuture<Void>> settling;

    /**
     * @param settling {@link JobEndings#settle}
     */
    EarlyEnds(
            JobRecords records,
            JobPlaces places,
            Clock clock,
            BiFunction<JobRef, JobRecord, CompletableFuture<Void>> settling) {
        this.records = records;
        this.places = places;
        this.clock = clock;
        this.settling = settling;
    }

    /** Ends the job if nobody runs it. */
    Standing end(JobRef ref, JobState end, Optional<JobError> why) {
        return LOOK_AGAIN.executeSupplier(() -> endOnce(ref, end, why));
    }

    /** Ends the job as expired where its time has run out; empty where it has not, or the job went another way meanwhile. */
    Optional<Recorded> expire(JobRef ref, Optional<Recorded> recorded, Optional<Placed> placed) {
        return JobDue.of(recorded, placed)
                .filter(due -> due.isPast(clock.instant()))
                .map(due -> end(ref, JobState.EXPIRED, Optional.of(due.error())))
                .flatMap(EarlyEnds::over);
    }

    private static Optional<Recorded> over(Standing standing) {
        if (standing instanceof Standing.Ended ended) {
            return Optional.of(ended.recorded());
        }
        return standing instanceof Standing.Over before ? Optional.of(before.recorded()) : Optional.empty();
    }

    private Standing endOnce(JobRef ref, JobState end, Optional<JobError> why) {
        Optional<Recorded> recorded = records.read(ref);
        Optional<Placed> placed = places.find(ref);
        if (recorded.isEmpty() && placed.isEmpty()) {
            // It may have run from its start to its end between the two looks.
            recorded = records.read(ref);
        }
        if (recorded.isPresent() && recorded.get().record().isFinal()) {
            return over(recorded.get(), placed);
        }
        if (recorded.isPresent() && recorded.get().record().state() == JobState.RUNNING) {
            return new Standing.Running(recorded.get());
        }
        Optional<JobRecord> last = recorded.map(Recorded::record)
                .or(() -> placed.map(lying -> JobRecord.of(lying.job(), JobState.WAITING)));
        long revision = recorded.map(Recorded::revision).orElse(JobRecords.NONE);
        return last.map(known -> ended(ref, known, revision, end, why)).orElseGet(Standing.Unknown::new);
    }

    private Standing ended(JobRef ref, JobRecord last, long revision, JobState end, Optional<JobError> why) {
        JobRecord told = why.map(last::withError).orElse(last).ended(end, clock.instant());
        Recorded written = records.writeNow(ref, told, revision);
        finish(written);
        return new Standing.Ended(written);
    }

    /** What is put aside no worker finds: whoever ended it may have died before it told the others. */
    private Standing over(Recorded recorded, Optional<Placed> placed) {
        if (placed.filter(lying -> lying.place() != Place.READY).isPresent()) {
            finish(recorded);
        }
        return new Standing.Over(recorded);
    }

    private void finish(Recorded ended) {
        records.awaited("end job " + ended.ref(), settling.apply(ended.ref(), ended.record()));
        places.withdraw(ended.ref());
    }
}
