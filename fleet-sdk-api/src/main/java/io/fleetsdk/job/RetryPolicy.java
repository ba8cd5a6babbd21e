package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.Set;

/**
 * When a failed attempt is followed by another one. After attempt n the pause is {@code initialInterval * coefficient^(n-1)}, at
 * most {@code maxInterval}, give or take the jitter.
 *
 * @param maxAttempts 1 to 100, the first included
 * @param initialInterval 0 s to 7 d
 * @param maxInterval 0 s to 7 d
 * @param coefficient 1 to 100
 * @param jitter 0 to 1: the part of a pause by which it may be longer or shorter
 * @param nonRetryable names of errors ({@link JobError#name}) after which no attempt follows
 */
public record RetryPolicy(
        int maxAttempts,
        Duration initialInterval,
        Duration maxInterval,
        double coefficient,
        double jitter,
        Set<String> nonRetryable) {
    private static final RetryPolicy DEFAULT =
            new RetryPolicy(4, Duration.ofSeconds(30), Duration.ofMinutes(30), 10, 0.1, Set.of());

    public RetryPolicy {
        Require.within("maxAttempts", maxAttempts, 1, 100);
        Times.within("initialInterval", initialInterval, Duration.ZERO, Times.WEEK);
        Times.within("maxInterval", maxInterval, Duration.ZERO, Times.WEEK);
        Require.within("coefficient", coefficient, 1, 100);
        Require.within("jitter", jitter, 0, 1);
        nonRetryable = Set.copyOf(nonRetryable);
    }

    /** Four attempts, with pauses of 30 s, 5 min and 30 min, give or take a tenth (seed 000, section 5.3). */
    public static RetryPolicy defaults() {
        return DEFAULT;
    }

    /** One attempt. */
    public static RetryPolicy never() {
        return DEFAULT.withMaxAttempts(1);
    }

    /** So many attempts, always with the same pause. */
    public static RetryPolicy fixed(int maxAttempts, Duration pause) {
        return new RetryPolicy(maxAttempts, pause, pause, 1, 0, Set.of());
    }

    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, initialInterval, maxInterval, coefficient, jitter, nonRetryable);
    }

    public RetryPolicy withJitter(double part) {
        return new RetryPolicy(maxAttempts, initialInterval, maxInterval, coefficient, part, nonRetryable);
    }

    public RetryPolicy withNonRetryable(String... names) {
        return new RetryPolicy(maxAttempts, initialInterval, maxInterval, coefficient, jitter, Set.of(names));
    }

    /** Whether another attempt follows. */
    public boolean allows(int attemptsMade, JobError error) {
        return attemptsMade < maxAttempts && !nonRetryable.contains(error.name());
    }

    /**
     * The pause after this attempt.
     *
     * @param attempt from 1
     * @param random 0 to 1, where 0.5 is no jitter
     */
    public Duration pauseAfter(int attempt, double random) {
        double unbounded = initialInterval.toMillis() * Math.pow(coefficient, attempt - 1);
        double bounded = Math.min(unbounded, maxInterval.toMillis());
        return Duration.ofMillis(Math.round(bounded * (1 + jitter * (2 * random - 1))));
    }
}
