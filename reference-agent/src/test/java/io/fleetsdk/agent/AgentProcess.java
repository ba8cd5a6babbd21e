package io.fleetsdk.agent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The reference agent as a child process, with the JVM options it ships with. */
final class AgentProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private AgentProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it; what it says goes to files in the directory. */
    static AgentProcess start(Path directory, List<String> arguments) {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@agent.jvmopts",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName());
        try {
            Path out = Files.createTempFile(directory, "agent", ".out");
            Path err = Files.createTempFile(directory, "agent", ".err");
            Process process = new ProcessBuilder(
                            Stream.concat(java.stream(), arguments.stream()).toList())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new AgentProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says so; fails with its last words if it ends before. */
    AgentProcess awaitReady() {
        await().atMost(Duration.ofSeconds(30)).until(() -> out().contains("ready: ") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("the agent has ended: " + err());
        }
        return this;
    }

    /** SIGTERM. */
    AgentProcess terminate() {
        process.toHandle().destroy();
        return this;
    }

    AgentProcess closeStdin() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the agent is still running after 30 s: " + err());
        }
        return process.exitValue();
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
