package io.fleetsdk.benchmarks;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.MessageHandler;
import io.nats.client.NUID;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What jnats does without the SDK: a stream of files for jobs, each under a subject of its own. Whoever may have to send a message again
 * gives it an id, and a batch one for all its messages; so does this. It goes when it is closed.
 */
final class RawStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(Testbed.PATIENCE_SECONDS);
    private static final int UNCONFIRMED = 4_096;
    private static final int BATCH = 1_000;
    private static final int MOST_ACTIVE = 50_000;
    private static final String DURABLE = "worker";
    private static final ConsumeOptions PULLING =
            ConsumeOptions.builder().expiresIn(2_000).batchSize(500).build();

    private final Connection connection;
    private final JetStream jetStream;
    private final JetStreamManagement management;
    private final String name;
    private final String prefix;
    private final byte[] body;
    private final AtomicInteger next = new AtomicInteger();

    private RawStream(Connection connection, String name, byte[] body) throws IOException {
        this.connection = connection;
        this.jetStream = connection.jetStream();
        this.management = connection.jetStreamManagement();
        this.name = name;
        this.prefix = name + ".normal.-.";
        this.body = body;
    }

    static RawStream of(Connection connection, RetentionPolicy retention, String name, byte[] body)
            throws IOException, JetStreamApiException {
        RawStream stream = new RawStream(connection, name, body);
        stream.management.addStream(StreamConfiguration.builder()
                .name(name)
                .subjects(name + ".>")
                .retentionPolicy(retention)
                .duplicateWindow(Duration.ofMinutes(10))
                .allowAtomicPublish()
                .build());
        stream.management.addOrUpdateConsumer(
                name,
                ConsumerConfiguration.builder()
                        .durable(DURABLE)
                        .ackPolicy(AckPolicy.Explicit)
                        .maxAckPending(MOST_ACTIVE)
                        .build());
        return stream;
    }

    private String subject() {
        return subject(next.getAndIncrement());
    }

    private String subject(int number) {
        return prefix + number;
    }

    /** One more message, stored and confirmed. */
    void publish() throws IOException, JetStreamApiException {
        jetStream.publish(message());
    }

    void publish(int number) throws IOException, JetStreamApiException {
        jetStream.publish(message(subject(number)));
    }

    private NatsMessage message() {
        return message(subject());
    }

    private NatsMessage message(String subject) {
        return message(subject, new Headers().put(NatsJetStreamConstants.MSG_ID_HDR, NUID.nextGlobal()));
    }

    private NatsMessage message(String subject, Headers headers) {
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(body)
                .build();
    }

    /** The number that its subject ends with. */
    static int number(Message message) {
        String subject = message.getSubject();
        return Integer.parseInt(subject.substring(subject.lastIndexOf('.') + 1));
    }

    /** Does not wait for one confirmation before it sends the next message. */
    void publishAsync(int count) throws InterruptedException {
        Semaphore window = new Semaphore(UNCONFIRMED);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            window.acquire();
            jetStream.publishAsync(message()).whenComplete((stored, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                }
                window.release();
            });
        }
        window.acquire(UNCONFIRMED);
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " messages were not stored", failures.peek());
        }
    }

    /** Atomic batches, one after the other. */
    void publishBatches(int count) throws Exception {
        for (int left = count; left > 0; left -= BATCH) {
            publishBatch(Math.min(left, BATCH));
        }
    }

    private void publishBatch(int size) throws Exception {
        String id = NUID.nextGlobal();
        for (int i = 1; i < size; i++) {
            NatsMessage message = member(id, i);
            if (i == 1) {
                message.getHeaders().put(NatsJetStreamConstants.MSG_ID_HDR, id);
            }
            connection.publish(message);
        }
        Message last = member(id, size);
        last.getHeaders().put(NatsJetStreamConstants.NATS_BATCH_COMMIT_HDR, "1");
        Message answer = Objects.requireNonNull(connection.request(last, PATIENCE), "a batch was not confirmed");
        new PublishAck(answer);
    }

    private NatsMessage member(String batch, int number) {
        Headers headers = new Headers()
                .put(NatsJetStreamConstants.NATS_BATCH_ID_HDR, batch)
                .put(NatsJetStreamConstants.NATS_BATCH_SEQUENCE_HDR, Integer.toString(number));
        return message(subject(), headers);
    }

    MessageConsumer consume(MessageHandler handler) throws IOException, JetStreamApiException {
        return connection.getStreamContext(name).getConsumerContext(DURABLE).consume(PULLING, handler);
    }

    void awaitWorkedOff() throws IOException, JetStreamApiException {
        WorkedOff.await(management, name, DURABLE);
    }

    @Override
    public void close() throws IOException, JetStreamApiException {
        management.deleteStream(name);
    }
}
