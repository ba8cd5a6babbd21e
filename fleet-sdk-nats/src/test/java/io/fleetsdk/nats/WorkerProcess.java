package io.fleetsdk.nats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A {@link WorkerProgram} that a test owns. */
final class WorkerProcess implements AutoCloseable {
    private final String id;
    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    WorkerProcess(String url, String queue, String id) {
        this.id = id;
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            process = new ProcessBuilder(List.of(
                            java.toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xshare:auto",
                            "-Xmx64m",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WorkerProgram.class.getName(),
                            url,
                            queue,
                            id))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, id + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("cut off: " + e.getMessage());
        }
    }

    String id() {
        return id;
    }

    /** Whether it has begun a job, this one or any. */
    boolean hasBegun(String job) {
        return said.contains("begins " + job);
    }

    boolean hasBegunSome() {
        return said.stream().anyMatch(line -> line.startsWith("begins"));
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    void freeze() throws Exception {
        signal("-STOP");
    }

    void wake() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
