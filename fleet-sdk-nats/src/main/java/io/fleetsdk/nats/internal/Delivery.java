package io.fleetsdk.nats.internal;

import io.fleetsdk.Subscription;
import io.fleetsdk.telemetry.Overflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands values to a handler on a thread of its own, through a bounded buffer with a declared policy for when the handler is
 * slower. An exception of the handler is logged; the next value follows.
 *
 * @param <T> what is delivered
 */
public final class Delivery<T> implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Overflow overflow;
    private final Consumer<T> handler;
    private final Deque<T> buffer = new ArrayDeque<>();
    private long dropped;
    private boolean closed;

    private Delivery(Overflow overflow, Consumer<T> handler) {
        this.overflow = overflow;
        this.handler = handler;
    }

    public static <T> Delivery<T> start(String threadName, Overflow overflow, Consumer<T> handler) {
        Delivery<T> delivery = new Delivery<>(overflow, handler);
        DaemonThreads.start(threadName, delivery::run);
        return delivery;
    }

    /** Takes a value; waits for room under {@link Overflow.Policy#WAIT}. */
    public synchronized void offer(T value) {
        while (!closed && buffer.size() >= overflow.capacity()) {
            switch (overflow.policy()) {
                case WAIT -> awaitChange();
                case DROP_OLDEST -> {
                    buffer.removeFirst();
                    dropped++;
                }
                case DROP_NEWEST -> {
                    dropped++;
                    return;
                }
            }
        }
        if (!closed) {
            buffer.addLast(value);
            notifyAll();
        }
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }

    @Override
    public synchronized void close() {
        closed = true;
        buffer.clear();
        notifyAll();
    }

    private void run() {
        for (T value = take(); value != null; value = take()) {
            try {
                handler.accept(value);
            } catch (RuntimeException e) {
                log.error("A handler failed", e);
            }
        }
    }

    private synchronized @Nullable T take() {
        while (!closed && buffer.isEmpty()) {
            awaitChange();
        }
        T next = buffer.pollFirst();
        notifyAll();
        return next;
    }

    private void awaitChange() {
        try {
            wait();
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }
}
