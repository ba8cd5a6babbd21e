package io.fleetsdk.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.time.Instant;

/** The bounds of this package's durations and times. */
final class Times {
    static final Duration WEEK = Duration.ofDays(7);

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Times() {}

    /** A time that RFC 3339 and milliseconds in a {@code long} can say. */
    static Instant writable(String field, Instant value) {
        Require.present(field, value);
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw new InvalidInputException(field, value, "must be in the years 1970 to 9999");
        }
        return value;
    }

    static Duration within(String field, Duration value, Duration min, Duration max) {
        Require.present(field, value);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new InvalidInputException(field, value, "must be from " + min + " to " + max);
        }
        return value;
    }
}
