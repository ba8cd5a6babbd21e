package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages that one stream stores all or none, with one answer for all of them: the broker's atomic batch, spoken by its headers. Only
 * the last message asks for an answer; those before it wait at the broker until it comes.
 */
final class AtomicBatch {
    /** Messages in one batch; the broker refuses more. */
    static final int MOST = 1_000;

    /** Written once: a million jobs need these texts a thousand times each. */
    private static final String[] NUMBERS =
            IntStream.rangeClosed(0, MOST).mapToObj(Integer::toString).toArray(String[]::new);

    private final Connection connection;
    private final Duration requestTimeout;

    AtomicBatch(JobBroker broker) {
        this.connection = broker.connection();
        this.requestTimeout = broker.requestTimeout();
    }

    /**
     * Sends the messages.
     *
     * @param messages 1 to {@link #MOST}, a subject or a {@code Nats-Msg-Id} only once
     * @return completes with the stream sequence of the first message, which the others follow one by one. Exceptionally with a
     *     {@link FleetException}: {@link io.fleetsdk.ConflictException} if an expectation or a message id of one of them failed and
     *     {@link UnavailableException} if none is stored for another reason; {@link UnknownOutcomeException} if nobody knows
     */
    CompletableFuture<Long> publish(List<NatsMessage> messages) {
        Require.within("messages", messages.size(), 1, MOST);
        String id = NUID.nextGlobal();
        int last = messages.size() - 1;
        try {
            for (int i = 0; i < last; i++) {
                connection.publish(member(messages.get(i), id, i + 1));
            }
            return connection
                    .request(committing(messages.get(last), id, last + 1))
                    .orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((answer, failure) -> first(answer, failure, messages.size()));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(BrokerErrors.classified("publish a batch", e));
        }
    }

    private static Message member(NatsMessage message, String batch, int number) {
        return with(headers(message, batch, number), message);
    }

    private static Message committing(NatsMessage message, String batch, int number) {
        return with(
                headers(message, batch, number).put(NatsJetStreamConstants.NATS_BATCH_COMMIT_HDR, NUMBERS[1]), message);
    }

    private static Headers headers(NatsMessage message, String batch, int number) {
        return new Headers(message.getHeaders())
                .put(NatsJetStreamConstants.NATS_BATCH_ID_HDR, batch)
                .put(NatsJetStreamConstants.NATS_BATCH_SEQUENCE_HDR, NUMBERS[number]);
    }

    private static Message with(Headers headers, NatsMessage message) {
        return new NatsMessage(message.getSubject(), null, headers, message.getData());
    }

    private static long first(@Nullable Message answer, @Nullable Throwable failure, int size) {
        if (answer == null) {
            throw new CompletionException(new UnknownOutcomeException("publish a batch: no answer in time", failure));
        }
        if (answer.isStatusMessage()) {
            throw new CompletionException(
                    new UnavailableException("publish a batch: nobody answers: " + answer.getStatus(), null));
        }
        try {
            return new PublishAck(answer).getSeqno() - size + 1;
        } catch (JetStreamApiException | IOException e) {
            throw new CompletionException(BrokerErrors.classified("publish a batch", e));
        }
    }
}
