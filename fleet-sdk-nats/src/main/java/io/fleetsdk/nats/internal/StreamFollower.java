package io.fleetsdk.nats.internal;

import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
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
import java.time.ZonedDateTime;
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

    private static final long BETWEEN_TRIES_MILLIS = 250;

    /** One consumer and the thread it hands its messages over on. */
    private record Reading(Dispatcher dispatcher, MessageConsumer consumer) {}

    private final String stream;
    private final Connection connection;
    private final OrderedConsumerConfiguration which;
    private final Consumer<Message> handler;
    private final ConnectionListener reconnects = this::connectionChanged;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private ZonedDateTime created;
    private Reading reading;
    private long last;
    private boolean resuming;
    private boolean closed;

    private StreamFollower(
            Connection connection, String stream, OrderedConsumerConfiguration which, Consumer<Message> handler)
            throws IOException, JetStreamApiException {
        this.connection = connection;
        this.stream = stream;
        this.which = which;
        this.handler = handler;
        this.created = creation();
        this.reading = begun(which);
        connection.addConnectionListener(reconnects);
    }

    private Reading begun(OrderedConsumerConfiguration from) throws IOException, JetStreamApiException {
        Dispatcher dispatcher = connection.createDispatcher();
        MessageConsumer consumer = connection
                .getStreamContext(stream)
                .createOrderedConsumer(from)
                .consume(PULLING, dispatcher, this::handle);
        return new Reading(dispatcher, consumer);
    }

    /** The broker forgets ordered consumers when it dies, and the client's own recovery has been seen to fall silent. */
    private void connectionChanged(Connection of, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.RESUBSCRIBED) {
            DaemonThreads.start("resume-" + stream, this::resume);
        }
    }

    private synchronized void resume() {
        if (resuming) {
            return;
        }
        resuming = true;
        try {
            while (!closed && !resumed()) {
                TimeUnit.MILLISECONDS.timedWait(this, BETWEEN_TRIES_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            resuming = false;
        }
    }

    private boolean resumed() {
        try {
            noticeNewStream();
            Reading next = begun(fromHere());
            end(reading);
            reading = next;
            return true;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            log.debug("{} cannot be read yet", stream, e);
            return false;
        }
    }

    /** A stream in memory is made anew after its broker's restart and counts from one again. */
    private void noticeNewStream() throws IOException, JetStreamApiException {
        ZonedDateTime found = creation();
        if (!found.equals(created)) {
            created = found;
            last = 0;
        }
    }

    private ZonedDateTime creation() throws IOException, JetStreamApiException {
        return connection.getStreamContext(stream).getStreamInfo().getCreateTime();
    }

    private OrderedConsumerConfiguration fromHere() {
        return last == 0
                ? which
                : new OrderedConsumerConfiguration()
                        .filterSubjects(which.getFilterSubjects())
                        .headersOnly(which.getHeadersOnly())
                        .deliverPolicy(DeliverPolicy.ByStartSequence)
                        .startSequence(last + 1);
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
            ConsumerInfo info = reading().consumer().getConsumerInfo();
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

    private synchronized Reading reading() {
        return reading;
    }

    /** What an older reading brings once more is passed over. */
    private synchronized void handle(Message message) {
        long sequence = message.metaData().streamSequence();
        if (closed || sequence <= last) {
            return;
        }
        last = sequence;
        try {
            handler.accept(message);
        } catch (RuntimeException e) {
            log.error("Message {} of {} was not handled", sequence, stream, e);
        }
        if (message.metaData().pendingCount() == 0) {
            caughtUp.countDown();
        }
    }

    @Override
    public void close() {
        connection.removeConnectionListener(reconnects);
        synchronized (this) {
            closed = true;
            notifyAll();
            end(reading);
        }
    }

    private void end(Reading ended) {
        try {
            ended.consumer().close();
        } catch (Exception e) {
            log.debug("Closing the consumer of {}", stream, e);
        }
        if (ended.dispatcher().isActive()) {
            connection.closeDispatcher(ended.dispatcher());
        }
    }
}
