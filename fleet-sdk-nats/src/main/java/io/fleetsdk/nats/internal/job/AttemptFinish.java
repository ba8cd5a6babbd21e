package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobCounters.Count;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.util.RawValue;

/**
 * What the end of an attempt means for its job. The order is always: the record, then what it means to others, then the acknowledgement;
 * so whoever dies in between leaves a message that comes again and is brought to the same end.
 */
final class AttemptFinish {
    private static final Logger log = LoggerFactory.getLogger(AttemptFinish.class);

    private static final Duration REST = Duration.ofSeconds(1);

    private final JobParts parts;
    private final UntilStored untilStored;
    private final Executor side;
    private final Consumer<Attempt> released;

    /**
     * @param side for steps that wait for the broker
     * @param released is told when nothing of an attempt is left to do
     */
    AttemptFinish(JobParts parts, UntilStored untilStored, Executor side, Consumer<Attempt> released) {
        this.parts = parts;
        this.untilStored = untilStored;
        this.side = side;
        this.released = released;
    }

    void finish(Attempt attempt, AttemptEnd end) {
        CompletableFuture<Void> done = begunSafely(attempt, end);
        if (done.isDone() && !done.isCompletedExceptionally()) {
            released.accept(attempt);
        } else {
            done.whenComplete((nothing, failure) -> {
                released.accept(attempt);
                logged(attempt, failure);
            });
        }
    }

    /** Whatever goes wrong, the attempt must be released: a job that is kept alive for ever goes to nobody else. */
    private CompletableFuture<Void> begunSafely(Attempt attempt, AttemptEnd end) {
        try {
            return begun(attempt, end);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Void> begun(Attempt attempt, AttemptEnd end) {
        if (end instanceof AttemptEnd.Done done) {
            return succeeded(attempt, done.result());
        } else if (end instanceof AttemptEnd.Failed failed) {
            return failed(attempt, failed.error());
        } else if (end instanceof AttemptEnd.Hopeless hopeless) {
            return givenUp(attempt, hopeless.error());
        } else if (end instanceof AttemptEnd.Cancelled) {
            return ended(attempt, record -> record.ended(JobState.CANCELLED, now()));
        } else if (end instanceof AttemptEnd.Expired expired) {
            return expired(attempt, expired.reason());
        } else if (end instanceof AttemptEnd.HandedBack) {
            return handedBack(attempt);
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> succeeded(Attempt attempt, @Nullable Object result) {
        if (result == null) {
            return succeeded(attempt, Optional.empty(), Optional.empty());
        }
        byte[] json;
        try {
            json = encoded(result);
        } catch (InvalidInputException e) {
            return givenUp(attempt, new JobError("malformed.result", e.getMessage()));
        }
        if (json.length <= ResultObjects.LARGEST_IN_RECORD) {
            RawValue written = new RawValue(new String(json, StandardCharsets.UTF_8));
            return succeeded(attempt, Optional.of(written), Optional.empty());
        }
        return untilStored
                .run(() -> CompletableFuture.supplyAsync(
                        () -> parts.results().put(attempt.ref(), attempt.attempt(), json), side))
                .thenCompose(name -> succeeded(attempt, Optional.empty(), Optional.of(name)));
    }

    /** As a part of something larger, as it will be in the record: alone it may be nested one level deeper. */
    private byte[] encoded(Object result) {
        byte[] list = parts.broker().codec().encode(List.of(result));
        return Arrays.copyOfRange(list, 1, list.length - 1);
    }

    private CompletableFuture<Void> succeeded(Attempt attempt, Optional<Object> json, Optional<String> object) {
        return ended(attempt, record -> record.withResult(json, object).ended(JobState.SUCCEEDED, now()));
    }

    private CompletableFuture<Void> failed(Attempt attempt, JobError error) {
        JobMessage job = attempt.job();
        int number = attempt.attempt();
        int counted = attempt.journal().record().counted(number);
        if (!job.terms().retryPolicy().allows(counted, error)) {
            return givenUp(attempt, error);
        }
        Duration pause = job.terms()
                .retryPolicy()
                .pauseAfter(counted, ThreadLocalRandom.current().nextDouble());
        Instant next = now().plus(pause);
        // Who has lost the job finds out by this write, and puts in no message that would take it from its new worker.
        return attempt.journal()
                .write(record -> record)
                .thenCompose(owned -> untilStored.run(() ->
                        CompletableFuture.runAsync(() -> parts.places().delayed(job.again(number), next), side)))
                .thenCompose(stored -> attempt.journal()
                        .write(record -> told(record, attempt, Optional.of(error))
                                .withState(JobState.RETRYING)
                                .withRunAt(next)))
                .thenRun(() -> ack(attempt.message()));
    }

    private CompletableFuture<Void> givenUp(Attempt attempt, JobError error) {
        return ended(
                attempt, Optional.of(error), record -> record.withError(error).ended(JobState.FAILED, now()));
    }

    private CompletableFuture<Void> expired(Attempt attempt, String reason) {
        JobError error = new JobError("expired", reason);
        return ended(attempt, record -> record.withError(error).ended(JobState.EXPIRED, now()));
    }

    private CompletableFuture<Void> ended(Attempt attempt, UnaryOperator<JobRecord> end) {
        return ended(attempt, Optional.empty(), end);
    }

    /**
     * @param error of this attempt
     */
    private CompletableFuture<Void> ended(Attempt attempt, Optional<JobError> error, UnaryOperator<JobRecord> end) {
        AttemptJournal journal = attempt.journal();
        return journal.write(record -> end.apply(told(record, attempt, error))).thenCompose(stored -> {
            JobRecord ended = journal.record();
            count(attempt.ref(), ended);
            return settled(attempt.ref(), ended, attempt.message());
        });
    }

    private void count(JobRef ref, JobRecord ended) {
        if (ended.state() == JobState.SUCCEEDED) {
            parts.counters().add(ref.queue(), Count.COMPLETED, 1);
        } else if (ended.state() == JobState.FAILED) {
            parts.counters().add(ref.queue(), Count.FAILED, 1);
        }
    }

    /** A job that has no record yet simply goes back. */
    private CompletableFuture<Void> handedBack(Attempt attempt) {
        AttemptJournal journal = attempt.journal();
        if (journal.closedUnbegun()) {
            nak(attempt.message());
            return CompletableFuture.completedFuture(null);
        }
        return journal.write(record -> record.withoutAttempt(journal.attempt(), JobState.WAITING))
                .thenRun(() -> nak(attempt.message()));
    }

    /** The record with the attempt told to its end, and with the progress that was not sent yet. */
    private JobRecord told(JobRecord record, Attempt attempt, Optional<JobError> error) {
        JobAttempt own = attempt.journal().attempt();
        if (!attempt.hasRun()) {
            return record.withoutAttempt(own, record.state());
        }
        JobAttempt done = new JobAttempt(own.number(), own.worker(), own.startedAt(), Optional.of(now()), error);
        JobRecord told = record.after(record.state(), done);
        return attempt.takeProgress().map(told::withProgress).orElse(told);
    }

    /** A message that came again after its job's end: does what may not have been done. */
    void settleAgain(JobRef ref, JobRecord ended, Message message) {
        settled(ref, ended, message).whenComplete((nothing, failure) -> {
            if (failure != null) {
                log.warn("The end of job {} is not settled; its message comes again", ref, failure);
            }
        });
    }

    private CompletableFuture<Void> settled(JobRef ref, JobRecord ended, Message message) {
        if (ended.state() == JobState.FAILED) {
            return untilStored
                    .run(() -> buried(ended, message))
                    .thenCompose(stored -> untilStored.run(() -> parts.endings().settle(ref, ended)))
                    .thenRun(() -> ack(message));
        }
        if (JobEndings.concernsOthers(ended)) {
            return untilStored.run(() -> parts.endings().settle(ref, ended)).thenRun(() -> ack(message));
        }
        ack(message);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> buried(JobRecord ended, Message message) {
        JobError why = ended.error().orElseGet(() -> new JobError("failed", ""));
        return parts.deadLetters().put(message, why, ended.attempts());
    }

    /** Puts away a message that belongs to no job. */
    void bury(Message message, JobError error) {
        untilStored
                .run(() -> parts.deadLetters().put(message, error, List.of()))
                .thenRun(() -> ack(message))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        log.warn("An unreadable message was not put away: {}", message.getSubject(), failure);
                    }
                });
    }

    void ack(Message message) {
        try {
            message.ack();
        } catch (IllegalStateException e) {
            log.debug("Not connected; the message comes again and is acknowledged then", e);
        }
    }

    void nak(Message message) {
        try {
            message.nak();
        } catch (IllegalStateException e) {
            log.debug("Not connected; the message comes again after the heartbeat time-out", e);
        }
    }

    /** Later, so that a job which cannot be begun now does not go round in circles. */
    void nakLater(Message message) {
        try {
            message.nakWithDelay(REST);
        } catch (IllegalStateException e) {
            log.debug("Not connected; the message comes again after the heartbeat time-out", e);
        }
    }

    private static void logged(Attempt attempt, @Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        if (UntilStored.causeOf(failure) instanceof ConflictException) {
            log.info("Job {} was lost to another worker; attempt {} does not count", attempt.ref(), attempt.attempt());
        } else {
            log.warn("The end of job {} is not stored; its message comes again", attempt.ref(), failure);
        }
    }

    private Instant now() {
        return parts.broker().clock().instant();
    }
}
