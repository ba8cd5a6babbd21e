package io.fleetsdk.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** How to end what was started, newest first. */
final class OwnedParts implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();

    synchronized void add(Runnable end) {
        ends.push(end);
    }

    /** Ends each part once. */
    @Override
    public synchronized void close() {
        while (!ends.isEmpty()) {
            ends.pop().run();
        }
    }
}
