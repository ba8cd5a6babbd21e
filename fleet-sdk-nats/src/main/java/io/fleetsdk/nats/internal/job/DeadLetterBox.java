package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Puts jobs that are given up into the stream DEAD_LETTERS, whole: body and headers as they were, and beside them why and when. */
final class DeadLetterBox {
    private final JobBroker broker;
    private final DeadLetterForm form;

    DeadLetterBox(JobBroker broker) {
        this.broker = broker;
        this.form = new DeadLetterForm(broker);
    }

    /**
     * Stores the message. Storing it twice leaves one.
     *
     * @param original a ready job's message as delivered, readable or not
     */
    CompletableFuture<Void> put(Message original, JobError reason, List<JobAttempt> attempts) {
        String doing = "store the dead letter of " + original.getSubject();
        try {
            NatsMessage letter = form.write(original, reason, attempts);
            return broker.jetStream().publishAsync(letter).handle((ack, failure) -> stored(doing, failure));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(BrokerErrors.classified(doing, e));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    new InvalidInputException("message", doing, "must be one that can be sent: " + e));
        }
    }

    @SuppressWarnings("NullAway") // the only value of a Void
    private static Void stored(String doing, @Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        throw new CompletionException(
                BrokerErrors.classified(doing, cause instanceof Exception e ? e : new IllegalStateException(cause)));
    }
}
