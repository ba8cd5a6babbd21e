package io.fleetsdk.nats;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.TraceContext;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.nats.internal.DaemonThreads;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and what every client does with it: publish with retries under one message id, read the last message of a
 * subject, open buckets. Failures leave as {@link FleetException}s. Thread-safe.
 */
final class Broker implements AutoCloseable {
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** Publishing again is safe: the message id is the same, the broker stores it once. */
    private static final RetryConfig PUBLISHING = RetryConfig.custom()
            .maxAttempts(ATTEMPTS)
            .intervalFunction(IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2))
            .retryExceptions(UnavailableException.class, UnknownOutcomeException.class)
            .build();

    private final NatsOptions options;
    private final Connection connection;
    private final JetStream jetStream;
    private final JetStreamManagement management;
    private final JacksonCodec json = new JacksonCodec();
    private final EnvelopeCodec envelopes = new EnvelopeCodec(json);
    private final ScheduledExecutorService ticker;

    private Broker(NatsOptions options, Connection connection, ScheduledExecutorService ticker) throws IOException {
        this.options = options;
        this.connection = connection;
        this.ticker = ticker;
        JetStreamOptions requests = JetStreamOptions.builder()
                .requestTimeout(options.requestTimeout())
                .build();
        this.jetStream = connection.jetStream(requests);
        this.management = connection.jetStreamManagement(requests);
    }

    /**
     * @throws UnavailableException if none of the servers can be reached or the credentials are refused
     */
    static Broker connect(NatsOptions options) {
        ScheduledExecutorService ticker = DaemonThreads.ticker(options.name());
        try {
            return new Broker(options, Connections.open(options), ticker);
        } catch (IOException | InterruptedException e) {
            ticker.shutdownNow();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new UnavailableException("cannot connect to " + options.servers() + ": " + e.getMessage(), e);
        }
    }

    NatsOptions options() {
        return options;
    }

    Clock clock() {
        return options.clock();
    }

    Connection connection() {
        return connection;
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    JetStream jetStream() {
        return jetStream;
    }

    JetStreamManagement management() {
        return management;
    }

    JacksonCodec json() {
        return json;
    }

    EnvelopeCodec envelopes() {
        return envelopes;
    }

    /** For short periodic work; one thread. */
    ScheduledExecutorService ticker() {
        return ticker;
    }

    String stream(FleetStream stream) {
        return options.topology().stream(stream).name();
    }

    /** The stream under a bucket. */
    String stream(FleetBucket bucket) {
        return "KV_" + bucketName(bucket);
    }

    String bucketName(FleetBucket bucket) {
        return options.topology().bucket(bucket).name();
    }

    KeyValue bucket(FleetBucket bucket) {
        try {
            return connection.keyValue(bucketName(bucket));
        } catch (IOException | IllegalStateException e) {
            throw BrokerErrors.classified("open bucket " + bucketName(bucket), e);
        }
    }

    /** Publishes and waits until the broker has stored it; tries again with the same message id. */
    PublishAck publish(String subject, Envelope<?> envelope, PublishOptions.Builder expectations) {
        Message message = message(subject, envelope);
        PublishOptions publishing =
                expectations.messageId(envelope.messageId().toString()).build();
        return Retry.of("publish", PUBLISHING).executeSupplier(() -> publishOnce(message, publishing));
    }

    private PublishAck publishOnce(Message message, PublishOptions publishing) {
        try {
            return jetStream.publish(message, publishing);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw BrokerErrors.classified("publish " + message.getSubject(), e);
        }
    }

    Message message(String subject, Envelope<?> envelope) {
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers(envelope))
                .data(envelopes.encode(envelope))
                .build();
    }

    static Headers headers(Envelope<?> envelope) {
        Headers headers = new Headers();
        envelope.trace().ifPresent(trace -> {
            headers.put(TRACEPARENT, trace.traceparent());
            if (!trace.tracestate().isEmpty()) {
                headers.put(TRACESTATE, trace.tracestate());
            }
        });
        return headers;
    }

    static Optional<TraceContext> trace(@Nullable Headers headers) {
        String parent = headers == null ? null : headers.getFirst(TRACEPARENT);
        if (headers == null || parent == null) {
            return Optional.empty();
        }
        String state = headers.getFirst(TRACESTATE);
        return Optional.of(new TraceContext(parent, state == null ? "" : state));
    }

    /** The last stored message of a subject. */
    Optional<MessageInfo> last(String stream, String subject) {
        try {
            return Optional.of(management.getLastMessage(stream, subject));
        } catch (JetStreamApiException e) {
            if (BrokerErrors.isNotFound(e) && e.getApiErrorCode() != BrokerErrors.STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw BrokerErrors.classified("read " + subject, e);
        } catch (IOException | IllegalStateException e) {
            throw BrokerErrors.classified("read " + subject, e);
        }
    }

    /** Sends what is buffered, at most for the request timeout. */
    void flush() {
        try {
            connection.flush(options.requestTimeout());
        } catch (TimeoutException | InterruptedException | IllegalStateException e) {
            throw BrokerErrors.classified("flush", e);
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
