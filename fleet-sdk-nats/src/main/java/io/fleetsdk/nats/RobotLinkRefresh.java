package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Reads one topic within one connection: at once, when a handler is new, and every {@link #INTERVAL}. Not thread-safe. */
final class RobotLinkRefresh {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Connection connection;
    private final RobotLinkTopic topic;
    private long told;
    private long next = System.nanoTime();
    private boolean failing;

    RobotLinkRefresh(Connection connection, RobotLinkTopic topic) {
        this.connection = connection;
        this.topic = topic;
    }

    /**
     * Reads if it is time to.
     *
     * @return whether every handler there is has been told how things stand since the connection was made
     */
    boolean refresh() {
        long handlers = topic.handlers().additions();
        if (handlers > 0 && (handlers != told && !failing || System.nanoTime() - next >= 0)) {
            read(handlers);
        }
        return handlers == told;
    }

    private void read(long handlers) {
        try {
            topic.read(connection);
            told = handlers;
            failing = false;
            next = System.nanoTime() + INTERVAL.toNanos();
        } catch (IOException | JetStreamApiException | InvalidInputException | IllegalStateException e) {
            boolean connected = connection.getStatus() == Connection.Status.CONNECTED;
            log.atLevel(connected && !failing ? Level.WARN : Level.DEBUG)
                    .setCause(e)
                    .log("What is stored for {} cannot be read", topic.subjects());
            failing = true;
            next = System.nanoTime() + AFTER_FAILURE.toNanos();
        }
    }
}
