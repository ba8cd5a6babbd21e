package io.fleetsdk.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to a connection to the log. */
final class ConnectionLog implements ConnectionListener, ErrorListener {
    private static final Logger log = LoggerFactory.getLogger(NatsFleet.class);

    private final String name;
    private final AtomicBoolean connected = new AtomicBoolean();

    ConnectionLog(String name) {
        this.name = name;
    }

    @Override
    @Deprecated
    public void connectionEvent(@Nullable Connection connection, Events event) {
        connectionEvent(connection, event, 0L, "");
    }

    @Override
    public void connectionEvent(@Nullable Connection connection, Events event, Long time, String uriDetails) {
        switch (event) {
            case DISCONNECTED -> {
                if (connected.getAndSet(false)) {
                    log.warn("{}: connection to the broker lost", name);
                }
            }
            case CONNECTED -> connected.set(true);
            case RECONNECTED, RESUBSCRIBED -> {
                connected.set(true);
                log.info(
                        "{}: {}",
                        name,
                        event == Events.RECONNECTED ? "connected to the broker again" : "subscribed again");
            }
            default -> log.debug("{}: {}", name, event);
        }
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        log.warn("{}: the broker says: {}", name, error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        log.debug("{}: {}", name, exception.toString());
    }

    @Override
    public void slowConsumerDetected(Connection connection, @Nullable Consumer consumer) {
        log.warn("{}: a subscription is slower than its messages", name);
    }
}
