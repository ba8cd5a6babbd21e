package io.fleetsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchmarkMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void eachPartMeasuresAndIsInTheReport(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("report.md");

        int code = run("--quick", "--only", "commands,telemetry,models,starts", "--output", file.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("## Surroundings", "## Commands", "## Telemetry", "## Models", "## Starting and noticing")
                .contains("| SDK: `CommandClient.send` → `RobotLink` → COMPLETED |", "| publish, 8 robots |")
                .doesNotContain("## Codec", "## Jobs");
        assertThat(Files.readString(file)).isEqualTo(out.toString());
    }

    @Test
    void jobsAreMeasuredUnderBothWaysToSync() {
        int code = run("--quick", "--only", "jobs");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("## Jobs: submitting", "## Jobs: end to end", "## Jobs: from submit to start")
                .contains("## Jobs: backlog", "## Jobs: cancelling", "## Jobs: memory of waiting handles")
                .contains("| default sync | `submit`, 1 thread |", "| `sync_interval: always` | `submit`, 1 thread |")
                .contains("| BullMQ | not measured: this is a quick run |");
    }

    @Test
    void aRunOfTrainingIsMeasuredBesideItsTrainer() {
        int code = run("--quick", "--only", "training");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("## Training", "| the trainer, called directly |", "| a run of the service |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--only=everything", "--output=/no/such/directory/report.md", "--fast"})
    void aMistakeInTheArgumentsIsOneLineAndExitCode2(String argument) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("benchmarks: ");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        CommandLine commandLine = BenchmarkMain.commandLine();
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
