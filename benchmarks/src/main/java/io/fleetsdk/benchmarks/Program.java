package io.fleetsdk.benchmarks;

import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program of this machine that runs beside the benchmarks. It ends when it is closed, or with the JVM. */
final class Program implements AutoCloseable {
    private static final int STOP_SECONDS = 5;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path printed;

    private Program(String name, Process process, Path printed) {
        this.name = name;
        this.process = process;
        this.printed = printed;
    }

    /**
     * Starts it in the directory, where it also leaves what it prints.
     *
     * @throws UnavailableException if there is no such program on the PATH
     */
    static Program start(Path directory, String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, name);
        Path printed = Files.createTempFile(directory, name, ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        return new Program(name, started(name, builder), printed);
    }

    private static Process started(String name, ProcessBuilder builder) {
        try {
            Process process = builder.start();
            RUNNING.add(process);
            return process;
        } catch (IOException e) {
            throw new UnavailableException("not measured: " + name + " is not installed", e);
        }
    }

    boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits for it to end well.
     *
     * @return what it printed
     */
    String result(Duration patience) throws IOException, InterruptedException {
        if (!endsWithin(patience)) {
            throw new IllegalStateException(name + " did not end within " + patience + " and printed:\n" + printed());
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    name + " ended with " + process.exitValue() + " and printed:\n" + printed());
        }
        return printed();
    }

    String printed() throws IOException {
        return Files.readString(printed);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        RUNNING.remove(process);
    }
}
