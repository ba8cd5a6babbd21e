package io.fleetsdk.server.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "5m, PT5M", "250ms, PT0.25S", "2h, PT2H", "7d, PT168H", "PT1H30M, PT90M"})
    void durationsAreReadAsPeopleWriteThem(String text, Duration span) {
        assertThat(Spans.read(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "30", "-5s", "5 m", "1w", "99999999999s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Spans.read(text)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT119S, 119s", "PT2M, 2m", "PT119M, 119m", "PT2H, 2h", "PT48H, 2d", "PT-1S, 0s"})
    void agesAreOneUnit(Duration span, String text) {
        assertThat(Spans.rough(span)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 00:00", "PT41.9S, 00:41", "PT1H2M3S, 1:02:03"})
    void aRunningTimeIsAStopwatch(Duration span, String text) {
        assertThat(Spans.stopwatch(span)).isEqualTo(text);
    }
}
