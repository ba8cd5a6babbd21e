package io.fleetsdk.server.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks at something again and again until it is so, the time is up, or the demo ends.
 *
 * @param ended zero when the demo ends
 */
record Look(Clock clock, CountDownLatch ended) {
    private static final long EVERY_MILLIS = 200;

    /** Whether it became so in time. */
    boolean until(Duration atMost, BooleanSupplier condition) {
        Instant end = clock.instant().plus(atMost);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(end) || hasEnded()) {
                return false;
            }
        }
        return true;
    }

    /** Waits a moment; whether the demo ended in it. */
    private boolean hasEnded() {
        try {
            return ended.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
