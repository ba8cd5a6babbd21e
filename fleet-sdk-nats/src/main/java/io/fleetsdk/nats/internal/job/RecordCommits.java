package io.fleetsdk.nats.internal.job;

import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Writes records without waiting for one another. */
final class RecordCommits {
    private final JobBroker broker;

    RecordCommits(JobBroker broker) {
        this.broker = broker;
    }

    CompletableFuture<Long> commit(String subject, byte[] record, long expectedRevision) {
        PublishOptions options = PublishOptions.builder()
                .expectedLastSubjectSequence(expectedRevision)
                .build();
        try {
            return broker.jetStream()
                    .publishAsync(subject, record, options)
                    .handle((ack, failure) -> revision(subject, ack, failure));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(BrokerErrors.classified("record " + subject, e));
        }
    }

    private static long revision(String subject, @Nullable PublishAck ack, @Nullable Throwable failure) {
        if (ack != null) {
            return ack.getSeqno();
        }
        throw new CompletionException(BrokerErrors.classified("record " + subject, rootOf(failure)));
    }

    private static Exception rootOf(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null && !(cause instanceof JetStreamApiException)) {
            cause = cause.getCause();
        }
        return cause instanceof Exception e ? e : new IllegalStateException("no answer", failure);
    }
}
