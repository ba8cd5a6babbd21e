package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the times of a queue's schedules into jobs, beside a worker of that queue. All workers share one durable and each has one
 * standing pull for one tick.
 */
final class ScheduleTicks implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(ScheduleTicks.class);
    private static final String CONSUMER = "ticks";
    private static final Duration ACK_WAIT = Duration.ofSeconds(5);
    /** With workers at once. More than one, so that one that fails, or whose worker dies, holds up no other schedule. */
    private static final int MOST_AT_ONCE = 100;

    private static final Duration STANDING = Duration.ofSeconds(30);
    /** After which an answer that has not come is no longer expected. */
    private static final Duration SILENCE = STANDING.plusSeconds(5);

    private static final Duration PAUSE_AFTER_CONFLICT = Duration.ofMillis(50);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int NO_MESSAGES = 404;
    private static final int TIME_IS_UP = 408;

    private final JobBroker broker;
    private final String stream;
    private final TickHandler handler;
    private final String requests;
    private final String inbox;
    private final ConnectionListener reconnected = (connection, event) -> connectionChanged(event);
    /** The number of the pull that stands; answers to earlier ones start no other. */
    private long pull;

    private Optional<Dispatcher> dispatcher = Optional.empty();
    private boolean closed;

    private ScheduleTicks(JobParts parts, String queue) {
        this.stream = parts.streams().of(queue);
        this.broker = parts.broker();
        this.handler = new TickHandler(parts, queue, stream);
        this.requests = "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + CONSUMER;
        this.inbox = broker.connection().createInbox() + ".";
    }

    /** Starts to take ticks. */
    static ScheduleTicks start(JobParts parts, String queue) {
        ScheduleTicks ticks = new ScheduleTicks(parts, queue);
        ticks.open(queue);
        return ticks;
    }

    private void open(String queue) {
        broker.call(
                "create consumer " + CONSUMER, () -> broker.management().addOrUpdateConsumer(stream, config(queue)));
        Connection connection = broker.connection();
        dispatcher = Optional.of(connection.createDispatcher(this::received).subscribe(inbox + "*"));
        connection.addConnectionListener(reconnected);
        pull();
    }

    private static ConsumerConfiguration config(String queue) {
        return ConsumerConfiguration.builder()
                .durable(CONSUMER)
                .filterSubject(JobSubjects.allTicks(queue))
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(ACK_WAIT)
                .maxDeliver(-1)
                .maxAckPending(MOST_AT_ONCE)
                .build();
    }

    private synchronized void pull() {
        if (closed) {
            return;
        }
        pull++;
        try {
            broker.connection().publish(requests, inbox + pull, request());
            pullLater(SILENCE);
        } catch (IllegalStateException e) {
            log.debug("Not connected; the pull begins anew after the reconnect", e);
        }
    }

    private static byte[] request() {
        return ("{\"batch\":1,\"expires\":" + STANDING.toNanos() + "}").getBytes(StandardCharsets.US_ASCII);
    }

    private synchronized void pullLater(Duration pause) {
        long standing = pull;
        broker.ticker().schedule(() -> pullInsteadOf(standing), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void pullInsteadOf(long ended) {
        if (pull == ended) {
            pull();
        }
    }

    private void received(Message message) {
        if (!message.isStatusMessage()) {
            handled(message);
            pull();
        } else if (isOfStandingPull(message)) {
            int code = message.getStatus().getCode();
            if (code == TIME_IS_UP || code == NO_MESSAGES) {
                pull();
            } else {
                pullLater(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private synchronized boolean isOfStandingPull(Message status) {
        return status.getSubject().equals(inbox + pull);
    }

    private void handled(Message message) {
        try {
            handler.handle(ScheduleTick.of(message));
            answer(message::ack);
            clearAway(message);
        } catch (ConflictException e) {
            log.debug("The schedule of {} changed meanwhile; the time comes again", message.getSubject(), e);
            answer(() -> message.nakWithDelay(PAUSE_AFTER_CONFLICT));
        } catch (InvalidInputException e) {
            log.error("The time {} makes no job", message.getSubject(), e);
            answer(message::ack);
        } catch (FleetException e) {
            log.warn("The time {} makes no job for now, and comes again: {}", message.getSubject(), e.getMessage());
            answer(() -> message.nakWithDelay(PAUSE_AFTER_FAILURE));
        } catch (RuntimeException e) {
            log.error("The time {} makes no job", message.getSubject(), e);
            answer(message::ack);
        }
    }

    private static void answer(Runnable ack) {
        try {
            ack.run();
        } catch (IllegalStateException e) {
            log.debug("Not connected; a time comes again and is known then", e);
        }
    }

    /** If this fails the tick goes later: the next one replaces it, or its time ends. */
    private void clearAway(Message tick) {
        try {
            broker.call(
                    "clear away " + tick.getSubject(),
                    () -> broker.management()
                            .deleteMessage(stream, tick.metaData().streamSequence(), false));
        } catch (FleetException e) {
            log.debug("A tick stays in {} for now", stream, e);
        }
    }

    private void connectionChanged(ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.RECONNECTED) {
            pull();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Connection connection = broker.connection();
        connection.removeConnectionListener(reconnected);
        dispatcher.filter(Dispatcher::isActive).ifPresent(connection::closeDispatcher);
    }
}
