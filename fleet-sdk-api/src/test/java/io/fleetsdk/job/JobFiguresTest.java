package io.fleetsdk.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobFiguresTest {
    private static final JobFigures BEFORE = at(0, 100, 40, 10);

    @Test
    void aRateIsWhatCameInBetweenDividedByTheTime() {
        JobFigures after = at(4, 120, 50, 12);
        assertThat(after.addRateSince(BEFORE)).isEqualTo(5);
        assertThat(after.finishRateSince(BEFORE)).isEqualTo(3);
    }

    @Test
    void withoutTimeInBetweenOrWithCountsThatBeganAnewARateIsZero() {
        assertThat(at(0, 200, 90, 10).addRateSince(BEFORE)).isZero();
        assertThat(BEFORE.addRateSince(at(4, 0, 0, 0))).isZero();
        assertThat(at(4, 0, 0, 0).finishRateSince(BEFORE)).isZero();
    }

    @Test
    void waitingInAllIsTheSumOverThePriorities() {
        assertThat(BEFORE.waitingInAll()).isEqualTo(7);
    }

    private static JobFigures at(long second, long submitted, long completed, long failed) {
        return new JobFigures(
                "q",
                Instant.EPOCH.plusSeconds(second),
                false,
                Map.of(JobPriority.CRITICAL, 3L, JobPriority.LOW, 4L),
                0,
                0,
                Optional.empty(),
                submitted,
                completed,
                failed,
                0);
    }
}
