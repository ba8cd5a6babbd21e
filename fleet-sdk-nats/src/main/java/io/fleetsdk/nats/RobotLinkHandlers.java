package io.fleetsdk.nats;

import io.fleetsdk.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who want to hear of one kind of event, one call at a time. Thread-safe.
 *
 * @param <T> what they hear
 */
final class RobotLinkHandlers<T> {
    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);

    private final List<Consumer<T>> handlers = new ArrayList<>();
    private final Bell bell;
    private long additions;

    /**
     * @param bell rings when there is somebody new
     */
    RobotLinkHandlers(Bell bell) {
        this.bell = bell;
    }

    synchronized Subscription add(Consumer<T> handler) {
        handlers.add(handler);
        additions++;
        bell.ring();
        return () -> remove(handler);
    }

    /** Rises with each new handler, which has to hear how things stand. */
    synchronized long additions() {
        return additions;
    }

    synchronized boolean isEmpty() {
        return handlers.isEmpty();
    }

    synchronized void tell(T event) {
        for (Consumer<T> handler : List.copyOf(handlers)) {
            try {
                handler.accept(event);
            } catch (RuntimeException e) {
                log.error("A handler failed at {}", event, e);
            }
        }
    }

    private synchronized void remove(Consumer<T> handler) {
        handlers.remove(handler);
    }
}
