package io.fleetsdk.server.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private static final Instant BEGIN = RunningJob.BEGIN;

    @Test
    void aRunningJobIsABarWithPercentTimeAttemptAndMessage() {
        assertThat(LiveLine.line(RunningJob.of(0.43, "epoch 3 of 7"), BEGIN.plusSeconds(41)))
                .isEqualTo("[=========>              ]  43 %  00:41  running    attempt 2  epoch 3 of 7");
    }

    @Test
    void theLineIsDrawnInItsOwnPlaceAndNeverWraps() {
        StringWriter terminal = new StringWriter();
        LiveLine line = new LiveLine(new PrintWriter(terminal), 80);

        line.show(RunningJob.of(0.1, "a message that is much longer than the rest of the line can hold"), BEGIN);
        line.show(RunningJob.of(0.2, "short"), BEGIN);
        line.end();

        String[] drawn = terminal.toString().strip().split("\r");
        assertThat(drawn)
                .hasSize(2)
                .allSatisfy(text -> assertThat(text.replace("\u001b[K", "")).hasSizeLessThan(80));
        assertThat(terminal.toString()).endsWith("\u001b[K" + System.lineSeparator());
    }
}
