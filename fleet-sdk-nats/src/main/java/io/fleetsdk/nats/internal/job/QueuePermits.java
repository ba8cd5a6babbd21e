package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;

/**
 * A worker's part of the limits that all workers of a queue keep together. One instance per worker. A worker asks before it pulls,
 * so that what it may not start stays with the broker.
 */
final class QueuePermits implements Subscription {
    /**
     * How many jobs may be started now, up to so many; they count as started. Without limits at once and always all.
     *
     * @param wanted at least 1
     * @return 0 to wanted; 0 means ask again after 50 ms
     */
    int take(int wanted) {
        throw new UnsupportedOperationException();
    }

    /** Gives back so many of what was taken and never started (no job was there), or has ended. */
    void giveBack(int ended, int neverStarted) {
        throw new UnsupportedOperationException();
    }

    /** Whether the queue has limits at all; if not, {@link #take} need not be called. */
    boolean limited() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
