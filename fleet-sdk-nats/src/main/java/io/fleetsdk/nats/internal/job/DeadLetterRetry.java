package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.util.Optional;

/**
 * Gives jobs of the dead letters another chance. The record first, which a later repetition recognises; then the message, once; only then
 * the dead letter goes. So whoever breaks off leaves a dead letter whose retry does the rest.
 */
final class DeadLetterRetry {
    private final JobParts parts;
    private final JobBroker broker;

    DeadLetterRetry(JobParts parts) {
        this.parts = parts;
        this.broker = parts.broker();
    }

    /**
     * @throws InvalidInputException if the message is no job, so that no worker could run it
     */
    void retry(DeadLetterForm.Stored stored) {
        JobMessage job = job(stored);
        Recorded reopened = reopened(job, stored.letter());
        if (reopened.record().state() == JobState.FAILED) {
            throw new ConflictException("job " + job.ref() + " has failed again meanwhile");
        }
        if (reopened.record().state() == JobState.WAITING) {
            queued(job.again(reopened.record().made()));
        }
        forget(stored);
    }

    private JobMessage job(DeadLetterForm.Stored stored) {
        DeadLetter letter = stored.letter();
        String cut = stored.headers().getFirst(DeadLetterForm.CUT);
        if (cut != null) {
            throw new InvalidInputException(
                    "payload", letter.ref(), "must be whole; it was too large to be kept: " + cut);
        }
        return parts.messages().read(stored.readySubject(), stored.headers(), letter.payload(), letter.at());
    }

    /** The record as it is when the job is no longer FAILED, whoever saw to that. */
    private Recorded reopened(JobMessage job, DeadLetter letter) {
        Optional<Recorded> found = parts.records().read(job.ref());
        if (found.isPresent() && found.get().record().state() != JobState.FAILED) {
            return found.get();
        }
        JobRecord failed = found.map(Recorded::record).orElseGet(() -> rebuilt(job, letter));
        // More than the message that died had before it, so that a worker which still gets that one drops it.
        JobRecord waiting = failed.reopened(Math.max(failed.made(), job.attemptsMade() + 1));
        try {
            return parts.records()
                    .writeNow(job.ref(), waiting, found.map(Recorded::revision).orElse(JobRecords.NONE));
        } catch (ConflictException e) {
            return parts.records().read(job.ref()).orElseThrow(() -> e);
        }
    }

    /** Dead letters are kept longer than records. */
    private static JobRecord rebuilt(JobMessage job, DeadLetter letter) {
        JobRecord rebuilt = JobRecord.of(job, JobState.FAILED);
        for (JobAttempt attempt : letter.attempts()) {
            rebuilt = rebuilt.after(JobState.FAILED, attempt);
        }
        return rebuilt;
    }

    /** A second message of the same attempt would look like the first one's second delivery: like a lost worker. */
    private void queued(JobMessage job) {
        if (!liesInItsLane(job)) {
            parts.lanes().open(job.lane());
            broker.call("put back job " + job.ref(), () -> broker.jetStream().publish(message(job)));
        }
    }

    private boolean liesInItsLane(JobMessage job) {
        return parts.places()
                .find(job.ref())
                .filter(placed -> placed.place() == Place.READY)
                .filter(placed -> placed.job().attemptsMade() >= job.attemptsMade())
                .isPresent();
    }

    private NatsMessage message(JobMessage job) {
        JobRef ref = job.ref();
        Headers headers = parts.messages().headers(job);
        headers.put(NatsJetStreamConstants.MSG_ID_HDR, ref.id() + "-retried-" + job.attemptsMade());
        return NatsMessage.builder()
                .subject(job.lane().job(ref.id()))
                .headers(headers)
                .data(job.input())
                .build();
    }

    private void forget(DeadLetterForm.Stored stored) {
        broker.call("forget dead letter " + stored.letter().ref(), () -> {
            try {
                return broker.management().deleteMessage(broker.deadLetters(), stored.sequence(), false);
            } catch (io.nats.client.JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return false;
                }
                throw e;
            }
        });
    }
}
