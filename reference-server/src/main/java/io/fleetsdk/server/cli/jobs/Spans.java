package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.InvalidInputException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as people write and read them. */
final class Spans {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int TWO_OF_A_UNIT = 2;

    private Spans() {}

    /** {@code 30s}, {@code 5m}, {@code 250ms}, {@code 2h}, {@code 7d}, or as ISO 8601: {@code PT30S}. */
    static Duration read(String text) {
        Matcher words = SHORT.matcher(text);
        if (words.matches()) {
            return UNITS.getOrDefault(words.group(2), Duration.ZERO).multipliedBy(Long.parseLong(words.group(1)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInputException("time", text, "must be such as 30s, 5m, 2h or PT30S");
        }
    }

    /** One unit: {@code 12s}, {@code 3m}, {@code 50h}, {@code 4d}. */
    static String rough(Duration span) {
        if (span.compareTo(Duration.ofMinutes(TWO_OF_A_UNIT)) < 0) {
            return Math.max(0, span.toSeconds()) + "s";
        }
        if (span.compareTo(Duration.ofHours(TWO_OF_A_UNIT)) < 0) {
            return span.toMinutes() + "m";
        }
        return span.compareTo(Duration.ofDays(TWO_OF_A_UNIT)) < 0 ? span.toHours() + "h" : span.toDays() + "d";
    }

    /** {@code 00:41} or {@code 1:02:03}. */
    static String stopwatch(Duration span) {
        String minutes = "%02d:%02d".formatted(span.toMinutesPart(), span.toSecondsPart());
        return span.toHours() > 0 ? span.toHours() + ":" + minutes : minutes;
    }

    /** This machine's wall clock; with the date where it is not today's. */
    static String when(Instant time, Instant now) {
        ZonedDateTime local = time.atZone(ZoneId.systemDefault());
        boolean today =
                local.toLocalDate().equals(now.atZone(ZoneId.systemDefault()).toLocalDate());
        return local.format(today ? CLOCK : DATE);
    }
}
