package io.fleetsdk.server.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
    private static final Instant BEGIN = RunningJob.BEGIN;

    private final StringWriter file = new StringWriter();
    private final JobDisplay lines = new PlainLines(new Screen(new PrintWriter(file), new Terminal(false, 120)));

    @Test
    void progressIsALineASecondAtMostAndOnlyWhereItChanged() {
        lines.show(RunningJob.of(0.1, "epoch 1"), BEGIN);
        lines.show(RunningJob.of(0.2, "epoch 2"), BEGIN.plusMillis(999));
        lines.show(RunningJob.of(0.3, "epoch 3"), BEGIN.plusMillis(1000));
        lines.show(RunningJob.of(0.3, "epoch 3"), BEGIN.plusMillis(5000));

        assertThat(file.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .endsWith("  training/one  finetune  running    attempt 2  10 % epoch 1"),
                        line -> assertThat(line).endsWith("30 % epoch 3"));
    }
}
