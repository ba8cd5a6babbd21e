package io.fleetsdk.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;

/** The bounds of this package's durations. */
final class Times {
    static final Duration WEEK = Duration.ofDays(7);

    private Times() {}

    static Duration within(String field, Duration value, Duration min, Duration max) {
        Require.present(field, value);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new InvalidInputException(field, value, "must be from " + min + " to " + max);
        }
        return value;
    }
}
