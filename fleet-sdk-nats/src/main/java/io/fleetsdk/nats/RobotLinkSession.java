package io.fleetsdk.nats;

import io.fleetsdk.link.CommandDelivery;
import io.fleetsdk.robot.RobotId;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection of a robot from its beginning to its loss. It is never mended: the link makes a new one, so that nothing of
 * the old one leaves late, and everything is read anew.
 */
final class RobotLinkSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);
    private static final Duration PULL = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int BUFFER_BYTES = 16 * 1024;

    private final NatsOptions options;
    private final Connection connection;
    private final Bell bell;
    private @Nullable RobotLinkCommands commands;
    private volatile boolean closing;

    private RobotLinkSession(NatsOptions options, Connection connection, Bell bell) {
        this.options = options;
        this.connection = connection;
        this.bell = bell;
    }

    /**
     * @param bell rings when the connection is lost
     */
    static RobotLinkSession open(NatsOptions options, RobotId robot, Bell bell)
            throws IOException, InterruptedException {
        ConnectionLog events = new ConnectionLog("robot " + robot);
        ConnectionListener listener = new LossListener(events, bell);
        Connection connection = Nats.connect(Connections.builder(options, events)
                .connectionListener(listener)
                .connectionName("robot-" + robot)
                .inboxPrefix("_INBOX." + robot)
                .bufferSize(BUFFER_BYTES)
                .noReconnect()
                .build());
        return new RobotLinkSession(options, connection, bell);
    }

    JetStream jetStream() throws IOException {
        return connection.jetStream();
    }

    /**
     * Works until the connection is lost.
     *
     * @param source makes the reader of commands
     * @param receivers of commands; while there is none, none is fetched
     */
    void run(
            RobotLinkStops stops,
            RobotLinkSettings settings,
            RobotLinkOutlet outlet,
            CommandSource source,
            RobotLinkHandlers<CommandDelivery> receivers)
            throws InterruptedException {
        listen(List.of(stops, settings));
        RobotLinkRefresh latches = new RobotLinkRefresh(connection, stops);
        RobotLinkRefresh desired = new RobotLinkRefresh(connection, settings);
        while (isConnected()) {
            outlet.resend();
            boolean latchesKnown = latches.refresh();
            desired.refresh();
            if (!latchesKnown || receivers.isEmpty() || !pull(source, receivers)) {
                bell.await(PAUSE);
            }
        }
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** Sends what is buffered, and ends. */
    @Override
    public void close() {
        closing = true;
        try {
            if (isConnected()) {
                connection.flush(options.requestTimeout());
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | IllegalStateException e) {
            log.debug("The connection went before it was flushed", e);
        }
    }

    private void listen(List<RobotLinkTopic> topics) {
        try {
            Dispatcher dispatcher = connection.createDispatcher();
            for (RobotLinkTopic topic : topics) {
                topic.subjects().forEach(subject -> dispatcher.subscribe(subject, topic::changed));
            }
        } catch (IllegalStateException e) {
            if (isConnected()) {
                throw e;
            }
            log.debug("The connection went before it was subscribed", e);
        }
    }

    /**
     * @return whether it is worth going on at once
     */
    private boolean pull(CommandSource source, RobotLinkHandlers<CommandDelivery> receivers) {
        try {
            RobotLinkCommands opened = commands == null ? source.open(connection) : commands;
            commands = opened;
            return opened.pull(PULL, receivers);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            commands = null;
            log.atLevel(isConnected() && !closing ? Level.WARN : Level.DEBUG)
                    .setCause(e)
                    .log("Commands cannot be read");
            return false;
        }
    }

    /** Makes the reader of commands on a connection. */
    @FunctionalInterface
    interface CommandSource {
        RobotLinkCommands open(Connection connection) throws IOException, JetStreamApiException;
    }

    /** Passes on what happens to a connection once there is one; attempts that fail are the link's business. */
    private static final class LossListener implements ConnectionListener {
        private final ConnectionLog events;
        private final Bell bell;
        private volatile boolean connected;

        LossListener(ConnectionLog events, Bell bell) {
            this.events = events;
            this.bell = bell;
        }

        @Override
        @Deprecated
        public void connectionEvent(@Nullable Connection connection, Events event) {
            connectionEvent(connection, event, 0L, "");
        }

        @Override
        public void connectionEvent(@Nullable Connection connection, Events event, Long time, String uriDetails) {
            connected = connected || event == Events.CONNECTED;
            if (connected) {
                events.connectionEvent(connection, event, time, uriDetails);
                bell.ring();
            }
        }
    }
}
