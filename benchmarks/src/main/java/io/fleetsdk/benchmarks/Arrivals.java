package io.fleetsdk.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts messages at a subscriber, which can be held back until all of them are stored. */
final class Arrivals {
    private final CountDownLatch gate;
    private final CountDownLatch missing;

    private Arrivals(CountDownLatch gate, int expected) {
        this.gate = gate;
        this.missing = new CountDownLatch(expected);
    }

    static Arrivals held(int expected) {
        return new Arrivals(new CountDownLatch(1), expected);
    }

    static Arrivals free(int expected) {
        return new Arrivals(new CountDownLatch(0), expected);
    }

    void release() {
        gate.countDown();
    }

    /** For the subscriber. */
    void arrived() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        missing.countDown();
    }

    void awaitAll() throws InterruptedException {
        if (!missing.await(Testbed.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(missing.getCount() + " messages have not arrived");
        }
    }
}
