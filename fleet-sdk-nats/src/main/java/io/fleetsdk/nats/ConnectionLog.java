package io.fleetsdk.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to a connection to the log, and tells those who want to know of cuts and returns. */
final class ConnectionLog implements ConnectionListener, ErrorListener {
    private static final Logger log = LoggerFactory.getLogger(NatsFleet.class);

    private final String name;
    private final List<java.util.function.Consumer<Boolean>> watchers = new CopyOnWriteArrayList<>();

    ConnectionLog(String name) {
        this.name = name;
    }

    /** Calls the watcher with whether the connection is there, after each change. */
    void watch(java.util.function.Consumer<Boolean> watcher) {
        watchers.add(watcher);
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
                log.warn("{}: connection to the broker lost", name);
                watchers.forEach(watcher -> watcher.accept(false));
            }
            case RECONNECTED, RESUBSCRIBED -> {
                log.info(
                        "{}: {}",
                        name,
                        event == Events.RECONNECTED ? "connected to the broker again" : "subscribed again");
                watchers.forEach(watcher -> watcher.accept(true));
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
