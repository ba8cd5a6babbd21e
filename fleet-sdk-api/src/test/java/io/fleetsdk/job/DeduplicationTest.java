package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void aKeyIsOneTokenInEveryMode() {
        assertThatRefused("deduplication.key", () -> Deduplication.throttle("a b", WEEK));
        assertThatRefused("deduplication.key", () -> Deduplication.debounce("", WEEK));
        assertThatRefused("deduplication.key", () -> Deduplication.keepLast("a.b"));
        assertThat(Deduplication.keepLast("map-7").key()).isEqualTo("map-7");
    }

    @Test
    void aThrottlesWindowIsFromASecondToAWeek() {
        assertThatRefused("deduplication.window", () -> Deduplication.throttle("k", Duration.ofMillis(999)));
        assertThatRefused("deduplication.window", () -> Deduplication.throttle("k", WEEK.plusNanos(1)));
        assertThat(Deduplication.throttle("k", WEEK)).isEqualTo(new Deduplication.Throttle("k", WEEK));
        assertThat(Deduplication.throttle("k", Duration.ofSeconds(1)).key()).isEqualTo("k");
    }

    @Test
    void aDebouncesQuietTimeIsFromATenthOfASecondToAWeek() {
        assertThatRefused("deduplication.quiet", () -> Deduplication.debounce("k", Duration.ofMillis(99)));
        assertThatRefused("deduplication.quiet", () -> Deduplication.debounce("k", WEEK.plusNanos(1)));
        assertThat(Deduplication.debounce("k", Duration.ofMillis(100)).key()).isEqualTo("k");
    }
}
