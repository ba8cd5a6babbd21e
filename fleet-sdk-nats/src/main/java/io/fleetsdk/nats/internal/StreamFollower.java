package io.fleetsdk.nats.internal;

import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream in order on a thread of its own and goes on after every cut where it stopped. An exception of the handler is
 * logged and the next message read: one bad message hurts nobody.
 */
public final class StreamFollower implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(StreamFollower.class);

    /** The shortest pulls make recovery quick: a second or two after a broker's death instead of half a minute. */
    private static final ConsumeOptions PULLING =
            ConsumeOptions.builder().expiresIn(1_000).batchSize(500).build();

    private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(30);

    private final String stream;
    private final Connection connection;
    private final Dispatcher dispatcher;
    private final MessageConsumer consumer;
    private final Consumer<Message> handler;
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    private StreamFollower(
            Connection connection, String stream, OrderedConsumerConfiguration which, Consumer<Message> handler)
            throws IOException, JetStreamApiException {
        this.connection = connection;
        this.stream = stream;
        this.handler = handler;
        this.dispatcher = connection.createDispatcher();
        this.consumer = connection
                .getStreamContext(stream)
                .createOrderedConsumer(which)
                .consume(PULLING, dispatcher, this::handle);
    }

    /**
     * Starts to read.
     *
     * @param start which messages come first
     * @throws UnavailableException if the stream cannot be read now
     */
    public static StreamFollower start(
            Connection connection,
            String stream,
            List<String> subjects,
            DeliverPolicy start,
            Consumer<Message> handler) {
        return start(
                connection,
                stream,
                new OrderedConsumerConfiguration().filterSubjects(subjects).deliverPolicy(start),
                handler);
    }

    /**
     * Starts to read.
     *
     * @param which messages, and where to begin
     * @throws UnavailableException if the stream cannot be read now
     */
    public static StreamFollower start(
            Connection connection, String stream, OrderedConsumerConfiguration which, Consumer<Message> handler) {
        try {
            return new StreamFollower(connection, stream, which, handler);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw BrokerErrors.classified("follow " + stream, e);
        }
    }

    /** Waits until everything stored before the start has been handled. */
    public StreamFollower awaitCaughtUp() {
        try {
            ConsumerInfo info = consumer.getConsumerInfo();
            boolean nothingStored =
                    info.getNumPending() == 0 && info.getDelivered().getConsumerSequence() == 0;
            if (!nothingStored && !caughtUp.await(LONGEST_CATCH_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("reading " + stream + " takes longer than " + LONGEST_CATCH_UP, null);
            }
            return this;
        } catch (IOException | JetStreamApiException | InterruptedException e) {
            throw BrokerErrors.classified("follow " + stream, e);
        }
    }

    private void handle(Message message) {
        try {
            handler.accept(message);
        } catch (RuntimeException e) {
            log.error("Message {} of {} was not handled", message.metaData().streamSequence(), stream, e);
        }
        if (message.metaData().pendingCount() == 0) {
            caughtUp.countDown();
        }
    }

    @Override
    public void close() {
        try {
            consumer.close();
        } catch (Exception e) {
            log.debug("Closing the consumer of {}", stream, e);
        }
        if (dispatcher.isActive()) {
            connection.closeDispatcher(dispatcher);
        }
    }
}
