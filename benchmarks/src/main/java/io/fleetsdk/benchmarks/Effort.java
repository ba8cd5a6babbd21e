package io.fleetsdk.benchmarks;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param warmUps turns that are not counted: a JVM is several times slower in the first thousands of round trips
 * @param rounds in how many turns each thing is measured beside the others
 * @param trips round trips in each turn
 * @param messages telemetry messages in each turn
 * @param iteration one iteration of the codec's measurement
 * @param jobs how much of jobs
 */
record Effort(int warmUps, int rounds, int trips, int messages, Duration iteration, JobEffort jobs) {
    /** Some six minutes in all. */
    static Effort full() {
        return new Effort(5, 5, 500, 20_000, Duration.ofMillis(500), JobEffort.full());
    }

    /** To see that it runs; the numbers mean nothing. */
    static Effort quick() {
        return new Effort(1, 1, 20, 2_000, Duration.ofMillis(50), JobEffort.quick());
    }
}
