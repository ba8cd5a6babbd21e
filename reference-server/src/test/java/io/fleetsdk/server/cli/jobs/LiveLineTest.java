package io.fleetsdk.server.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private static final Instant BEGIN = Instant.parse("2026-08-01T06:00:00Z");

    @Test
    void aRunningJobIsABarWithPercentTimeAttemptAndMessage() {
        assertThat(LiveLine.line(running(0.43, "epoch 3 of 7"), BEGIN.plusSeconds(41)))
                .isEqualTo("[=========>              ]  43 %  00:41  running    attempt 2  epoch 3 of 7");
    }

    @Test
    void theLineIsDrawnInItsOwnPlaceAndNeverWraps() {
        StringWriter terminal = new StringWriter();
        LiveLine line = new LiveLine(new PrintWriter(terminal), 80);

        line.show(running(0.1, "a message that is much longer than the rest of the line can hold"), BEGIN);
        line.show(running(0.2, "short"), BEGIN);
        line.end();

        String[] drawn = terminal.toString().strip().split("\r");
        assertThat(drawn)
                .hasSize(2)
                .allSatisfy(text -> assertThat(text.replace("\u001b[K", "")).hasSizeLessThan(80));
        assertThat(terminal.toString()).endsWith("\u001b[K" + System.lineSeparator());
    }

    private static Job running(double fraction, String message) {
        JobAttempt second = new JobAttempt(2, "worker-1", BEGIN, Optional.empty(), Optional.empty());
        return new Job(
                new JobRef("training", JobId.of("one")),
                "finetune",
                JobState.RUNNING,
                JobPriority.NORMAL,
                Optional.empty(),
                Map.of(),
                BEGIN.minusSeconds(9),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(second),
                new JobProgress(fraction, message, JsonObject.empty()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
