package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QueueLimitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void eachLimitIsHadWithoutTheOther() {
        assertThat(QueueLimits.none()).isEqualTo(new QueueLimits(OptionalInt.empty(), Optional.empty()));
        QueueLimits both = QueueLimits.none().withConcurrency(3).withRate(10, SECOND);
        assertThat(both.concurrency()).hasValue(3);
        assertThat(both.rate()).contains(new QueueLimits.Rate(10, SECOND));
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        QueueLimits none = QueueLimits.none();
        assertThatRefused("concurrency", () -> none.withConcurrency(0));
        assertThatRefused("concurrency", () -> none.withConcurrency(10_001));
        assertThatRefused("rate.jobs", () -> none.withRate(0, SECOND));
        assertThatRefused("rate.jobs", () -> none.withRate(1_000_001, SECOND));
        assertThatRefused("rate.period", () -> none.withRate(1, Duration.ofMillis(99)));
        assertThatRefused(
                "rate.period", () -> none.withRate(1, Duration.ofDays(1).plusNanos(1)));
        assertThat(none.withConcurrency(10_000).withRate(1_000_000, Duration.ofDays(1)))
                .isNotEqualTo(none);
    }
}
