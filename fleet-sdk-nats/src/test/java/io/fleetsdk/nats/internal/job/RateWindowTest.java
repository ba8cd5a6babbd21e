package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.QueueLimits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private static final Rate TEN_A_SECOND = new Rate(10, Duration.ofSeconds(1));
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    @Property
    void noStretchOfAPeriodHasMoreThanTheRate(
            @ForAll @Size(max = 200) List<@IntRange(max = 400_000) Integer> pausesInMicros,
            @ForAll @IntRange(min = 1, max = 12) int wanted) {
        RateWindow window = RateWindow.empty(TEN_A_SECOND);
        List<Instant> starts = new ArrayList<>();
        Instant now = START;
        for (int pause : pausesInMicros) {
            now = now.plusNanos(pause * 1_000L);
            window = window.at(now, TEN_A_SECOND);
            int taken = Math.min(wanted, window.room(TEN_A_SECOND));
            window = window.plus(taken);
            for (int i = 0; i < taken; i++) {
                starts.add(now);
            }
        }
        for (int first = 0; first + TEN_A_SECOND.jobs() < starts.size(); first++) {
            assertThat(Duration.between(starts.get(first), starts.get(first + TEN_A_SECOND.jobs())))
                    .isGreaterThanOrEqualTo(TEN_A_SECOND.period());
        }
    }

    @Test
    void underALoadThatNeverEndsNearlyTheWholeRateIsAllowed() {
        RateWindow window = RateWindow.empty(TEN_A_SECOND);
        int allowed = 0;
        for (int millis = 0; millis < 21_000; millis++) {
            window = window.at(START.plusMillis(millis), TEN_A_SECOND);
            int taken = window.room(TEN_A_SECOND);
            window = window.plus(taken);
            allowed += taken;
        }
        assertThat(allowed).isBetween(190, 210);
    }

    @Test
    void whatWasNotStartedMayBeStartedByOthers() {
        RateWindow window =
                RateWindow.empty(TEN_A_SECOND).at(START, TEN_A_SECOND).plus(10);

        assertThat(window.room(TEN_A_SECOND)).isZero();
        assertThat(window.minus(4).room(TEN_A_SECOND)).isEqualTo(4);
        assertThat(window.minus(99).room(TEN_A_SECOND)).isEqualTo(10);
    }

    @Test
    void aNewPeriodBeginsWithWhatWasAllowedBefore() {
        RateWindow window =
                RateWindow.empty(TEN_A_SECOND).at(START, TEN_A_SECOND).plus(7);
        Rate daily = new Rate(10, Duration.ofDays(1));

        assertThat(window.at(START, daily).room(daily)).isEqualTo(3);
        assertThat(window.at(START, daily)
                        .at(START.plus(Duration.ofHours(30)), daily)
                        .room(daily))
                .isEqualTo(10);
    }

    @Test
    void aClockThatWasFarAheadBlocksForNoMoreThanAPeriod() {
        Instant wrong = START.plus(Duration.ofDays(365));
        RateWindow window =
                RateWindow.empty(TEN_A_SECOND).at(wrong, TEN_A_SECOND).plus(10);

        RateWindow corrected = window.at(START, TEN_A_SECOND);

        assertThat(corrected.room(TEN_A_SECOND)).isZero();
        assertThat(corrected.at(START.plusMillis(1_060), TEN_A_SECOND).room(TEN_A_SECOND))
                .isEqualTo(10);
    }
}
