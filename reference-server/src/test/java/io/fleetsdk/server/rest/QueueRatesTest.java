package io.fleetsdk.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobFigures;
import io.fleetsdk.server.rest.QueueRates.Rates;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueRatesTest {
    private final QueueRates rates = new QueueRates();

    @Test
    void theFirstLookKnowsNoRate() {
        assertThat(rates.at(look(0, 1_000, 900))).isEqualTo(new Rates(0, 0));
    }

    @Test
    void aRateIsThatSinceTheLookTenSecondsAgo() {
        for (int second = 0; second <= 30; second++) {
            rates.at(look(second, second < 15 ? 0 : (second - 15) * 10L, 0));
        }
        assertThat(rates.at(look(31, 160, 40)).added()).isEqualTo(10);
        assertThat(rates.at(look(32, 170, 40)).finished()).isEqualTo(4);
    }

    @Test
    void looksCloserThanASecondTellTheLastRateInsteadOfChance() {
        rates.at(look(0, 0, 0));
        Rates told = rates.at(look(2, 10, 0));
        assertThat(rates.at(new JobFigures(
                        "q", Instant.EPOCH.plusMillis(2_001), false, Map.of(), 0, 0, Optional.empty(), 500, 0, 0, 0)))
                .isEqualTo(told)
                .isEqualTo(new Rates(5, 0));
    }

    @Test
    void afterALongPauseTheRateIsThatOfThePause() {
        rates.at(look(0, 0, 0));
        rates.at(look(1, 100, 0));
        assertThat(rates.at(look(1_001, 1_100, 500))).isEqualTo(new Rates(1, 0.5));
        assertThat(rates.at(look(1_002, 1_110, 500))).isEqualTo(new Rates(10, 0));
    }

    private static JobFigures look(long second, long submitted, long completed) {
        return new JobFigures(
                "q",
                Instant.EPOCH.plusSeconds(second),
                false,
                Map.of(),
                0,
                0,
                Optional.empty(),
                submitted,
                completed,
                0,
                0);
    }
}
