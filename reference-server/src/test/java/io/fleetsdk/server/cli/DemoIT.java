package io.fleetsdk.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its user runs it: real processes, made from the jars this build has just packaged. */
class DemoIT {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path DRIVE = HOME.resolve("../shared/data/trajectories/husky_odom.csv");
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void nothingStaysBehind() {
        started.forEach(Process::destroyForcibly);
        await().atMost(GONE_WITHIN).untilAsserted(() -> assertThat(offspring()).isEmpty());
    }

    @Test
    void aFleetChecksItselfAndLeavesNothing() throws Exception {
        Process demo = demo("--robots", "3", "--duration", "8s");

        assertThat(demo.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(output())
                .contains(
                        "All checks passed.",
                        "1 simulated, 2 replaying",
                        "/#token=",
                        "a worker that compresses their logs",
                        "fleet jobs watch logs --nats nats://");
        assertThat(demo.exitValue()).isZero();
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void aRecordedDriveIsReplayed() throws Exception {
        assumeTrue(Files.exists(DRIVE), "the recorded drive is not beside the checkout");
        Process demo = demo("--robots", "2", "--replay", DRIVE.toString(), "--speed", "10", "--duration", "6s");

        assertThat(demo.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(output()).contains("All checks passed.");
        assertThat(demo.exitValue()).isZero();
    }

    @Test
    void aFileThatIsNoRecordingIsNamedInOneLine() throws Exception {
        Path file = Files.writeString(directory.resolve("letter.csv"), "Dear robot,\nplease drive.\n");

        Process demo = demo("--robots", "2", "--replay", file.toString(), "--duration", "5s");

        assertThat(demo.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(2);
        assertThat(output().lines().filter(line -> line.startsWith("fleet: ")).toList())
                .singleElement()
                .asString()
                .contains("letter.csv");
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void controlCEndsEverything() throws Exception {
        Process demo = demo("--robots", "3");
        awaitOutput("Ctrl-C ends the demo.");
        assertThat(offspring()).hasSizeGreaterThanOrEqualTo(6);

        new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid())).start().waitFor();

        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(offspring()).isEmpty();
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void nothingOutlivesAKilledLauncher() throws Exception {
        Process demo = demo("--robots", "3");
        awaitOutput("Ctrl-C ends the demo.");

        demo.destroyForcibly();

        await().atMost(GONE_WITHIN).untilAsserted(() -> assertThat(offspring()).isEmpty());
    }

    private Process demo(String... words) throws IOException {
        Path jar = Path.of("target", "reference-server-0.1.0-SNAPSHOT.jar").toAbsolutePath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary()));
        command.addAll(List.of("-cp", jar.toString(), FleetMain.class.getName(), "demo"));
        command.addAll(List.of("--port", String.valueOf(freePort())));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FLEET_HOME", HOME.toString());
        Process demo = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        started.add(demo);
        return demo;
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(90)).until(() -> output().contains(text));
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"), UTF_8);
    }

    private Path temporary() throws IOException {
        return Files.createDirectories(directory.resolve("tmp"));
    }

    /** Among the files of the JVMs only those that begin as ours do count. */
    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary())) {
            return files.filter(file -> file.getFileName().toString().startsWith("fleet"))
                    .toList();
        }
    }

    /** Every process that was started by this test's demo: all of them name its directory. */
    private List<ProcessHandle> offspring() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> started.stream().noneMatch(demo -> demo.pid() == process.pid()))
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
