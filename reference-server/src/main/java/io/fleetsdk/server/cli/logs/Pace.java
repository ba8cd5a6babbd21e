package io.fleetsdk.server.cli.logs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Spreads work over a time, so that a disk is left to others; and a small log's work is still seen. */
final class Pace {
    private final Clock clock;
    private final Instant begin;
    private final Duration length;
    private final CountDownLatch stop;

    /**
     * @param length what the whole work takes at least
     * @param stop zero when the work is to stop
     */
    Pace(Clock clock, Duration length, CountDownLatch stop) {
        this.clock = clock;
        this.begin = clock.instant();
        this.length = length;
        this.stop = stop;
    }

    /** Waits until this fraction of the work is due, or it is to stop. */
    void keep(double fraction) throws InterruptedException {
        Instant due = begin.plusMillis(Math.round(length.toMillis() * fraction));
        stop.await(Duration.between(clock.instant(), due).toMillis(), TimeUnit.MILLISECONDS);
    }
}
