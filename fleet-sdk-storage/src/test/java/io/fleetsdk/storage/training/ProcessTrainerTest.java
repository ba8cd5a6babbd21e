package io.fleetsdk.storage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobCancelledException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.TrainingOutput;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With programs of the shell and of Python. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTrainerTest {
    /** Learns to double a number by descent: small, and really learning. */
    private static final String PYTHON = """
            import json, sys
            request = json.load(open("request.json"))
            epochs = request["parameters"]["epochs"]
            weight, first = 0.0, 1
            if "checkpoint" in request:
                weight = json.load(open(request["checkpoint"]["file"]))["weight"]
                first = request["checkpoint"]["epoch"] + 1
            def say(**event):
                print(json.dumps(event), flush=True)
            for epoch in range(first, epochs + 1):
                for x in (1, 2, 3):
                    weight += 0.02 * (2 * x - weight * x) * x
                say(event="epoch", epoch=epoch, epochs=epochs, loss=(2 - weight) ** 2, metrics={"weight": weight})
                if epoch % request["checkpointEvery"] == 0:
                    json.dump({"weight": weight}, open(f"epoch-{epoch}.json", "w"))
                    say(event="checkpoint", epoch=epoch, file=f"epoch-{epoch}.json")
            print("done with", request["task"], file=sys.stderr)
            open("model.onnx", "w").write(str(weight))
            say(event="result", model="model.onnx", metrics={"weight": weight})
            """;

    @TempDir
    Path directory;

    @Test
    void aPythonProgramReportsKeepsCheckpointsAndLeavesAModel() throws IOException, InterruptedException {
        DirectAttempt attempt = attempt(JsonObject.of("epochs", 5));

        TrainingOutput output = python().run(attempt);

        assertThat(attempt.reports).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5);
        assertThat(attempt.reports.get(4).loss())
                .isLessThan(attempt.reports.get(0).loss());
        assertThat(attempt.saved).extracting(SavedEpoch::epoch).containsExactly(2, 4);
        assertThat(attempt.lines).containsExactly("done with finetune");
        assertThat(output.model().orElseThrow()).hasFileName("model.onnx");
        assertThat(output.metrics()).containsOnlyKeys("weight");
    }

    @Test
    void itGoesOnFromTheCheckpointItIsGiven() throws IOException, InterruptedException {
        DirectAttempt whole = attempt(JsonObject.of("epochs", 5));
        Map<String, Double> metrics = python().run(whole).metrics();
        DirectAttempt rest = new DirectAttempt(
                TrainingTask.FINETUNE, directory, JsonObject.of("epochs", 5), Optional.of(whole.saved.get(1)));

        TrainingOutput output = python().run(rest);

        assertThat(rest.reports).extracting(EpochReport::epoch).containsExactly(5);
        assertThat(output.metrics()).isEqualTo(metrics);
    }

    @Test
    void whatIsNoProgressGoesToTheLogAndHarmsNobody() throws IOException, InterruptedException {
        DirectAttempt attempt = attempt(JsonObject.empty());

        shell("""
                echo hello; echo '{"event":"epoch","epoch":0,"loss":1}'; echo '{"event":"epoch","epoch":1,"loss":NaN}'
                echo '{"event":'; echo '{"event":"checkpoint","epoch":1,"file":"../../etc/passwd"}'; echo '[]'
                echo '{"event":"checkpoint","epoch":1,"file":"none.pt"}'; echo '{"event":"epoch","epoch":"x","loss":1}'
                echo '{"event":"epoch","epoch":3,"loss":0.5}'; echo m > m.onnx; echo '{"event":"result","model":"m.onnx"}'
                """).run(attempt);

        assertThat(attempt.reports).containsExactly(EpochReport.of(3, 0.5));
        assertThat(attempt.saved).isEmpty();
        assertThat(attempt.lines)
                .hasSize(8)
                .contains("hello", "{\"event\":")
                .anyMatch(
                        line -> line.startsWith("not taken: file 'passwd' must be a file in the program's directory"));
    }

    @Test
    void aLineWithoutEndCostsNoMemory() throws IOException, InterruptedException {
        DirectAttempt attempt = attempt(JsonObject.empty());

        shell(
                        "head -c 20000000 /dev/zero | tr '\\0' x; echo; echo m > m.onnx; echo '{\"event\":\"result\",\"model\":\"m.onnx\"}'")
                .run(attempt);

        assertThat(attempt.lines).hasSize(1).allSatisfy(line -> assertThat(line).hasSize(64 * 1024));
    }

    @Test
    void aProgramThatFailsSaysWhy() {
        assertThatThrownBy(() -> shell("echo out of memory >&2; exit 3").run(attempt(JsonObject.empty())))
                .isInstanceOf(IOException.class)
                .hasMessage("trainer shell ended with code 3: out of memory");
        assertThatThrownBy(() -> shell("echo no such layer; exit 64").run(attempt(JsonObject.empty())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no such layer");
        assertThatThrownBy(() -> shell("exit 0").run(attempt(JsonObject.empty())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended without a result");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cancellingKillsItsWholeTreeAlsoWhatDoesNotWantTo() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs setsid");
        DirectAttempt attempt = attempt(JsonObject.empty());
        CompletableFuture<List<Long>> started =
                CompletableFuture.supplyAsync(() -> processes(5)).orTimeout(30, TimeUnit.SECONDS);
        started.thenRun(attempt::cancel);

        assertThatThrownBy(() -> shell("""
                                note() { echo "$1" >> processes.tmp; }
                                trap 'note ignored' TERM; note $$
                                sleep 1000 & note $!
                                (trap '' TERM; sleep 1000 & note $!; wait) &
                                note $!
                                setsid sh -c 'trap "" TERM; echo $$ >> processes.tmp; sleep 1000; true' &
                                while [ "$(wc -l < processes.tmp)" -lt 5 ]; do sleep 0.05; done; mv processes.tmp processes
                                while true; do sleep 1; done
                                """).run(attempt)).isInstanceOf(JobCancelledException.class);

        assertThat(started.join()).hasSize(5).noneMatch(ProcessTrainerTest::isAlive);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAProgramLeavesBehindIsKilledAtItsEnd() throws IOException, InterruptedException {
        DirectAttempt attempt = attempt(JsonObject.empty());

        shell("sleep 1000 & echo $! > processes; echo m > m.onnx; echo '{\"event\":\"result\",\"model\":\"m.onnx\"}'")
                .run(attempt);

        assertThat(processes(1)).noneMatch(ProcessTrainerTest::isAlive);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aKilledWorkerTakesItsProgramsWithItAndKeepsItsSecrets() throws IOException, InterruptedException {
        String script = "env > environment; sleep 1000 & echo $$ > processes.tmp; echo $! >> processes.tmp;"
                + " mv processes.tmp processes; wait";
        ProcessBuilder worker = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OneAttemptMain.class.getName(),
                directory.toString(),
                script);
        worker.environment().putAll(Map.of("AWS_SECRET_ACCESS_KEY", "hidden", "FLEET_S3_SECRET_KEY", "hidden"));
        Process killed = worker.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Long> processes = processes(2);
        assertThat(processes).allMatch(ProcessTrainerTest::isAlive);

        killed.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(processes).noneMatch(ProcessTrainerTest::isAlive));
        assertThat(directory.resolve("environment")).content().contains("PATH=").doesNotContain("hidden");
    }

    private ProcessTrainer python() throws IOException {
        assumeTrue(available("python3"), "needs python3");
        Path script = Files.writeString(directory.resolve("train.py"), PYTHON);
        return ProcessTrainer.builder("python", List.of("python3", script.toString()))
                .build();
    }

    private static boolean available(String program) {
        return Path.of("/usr/bin", program).toFile().canExecute()
                || List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                        .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }

    static ProcessTrainer shell(String script) {
        return ProcessTrainer.builder("shell", List.of("sh", "-c", script)).build();
    }

    private DirectAttempt attempt(JsonObject parameters) {
        return new DirectAttempt(TrainingTask.FINETUNE, directory, parameters, Optional.empty());
    }

    /** Their ids, as soon as they have all been written down. */
    private List<Long> processes(int count) {
        Path file = directory.resolve("processes");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() == count);
        try {
            return Files.readAllLines(file).stream().map(Long::valueOf).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** One that waits for its parent to ask after it is not alive. */
    private static boolean isAlive(long process) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process), "status"));
            return !status.contains("\nState:\tZ");
        } catch (IOException e) {
            return false;
        }
    }
}
