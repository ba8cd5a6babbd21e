package io.fleetsdk.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java program of ours in a process of its own. It ends when it is closed; and because its standard input is a pipe from here,
 * it learns of the end of this process in any case, also of {@code kill -9}. Its output goes to a log file.
 */
final class ChildProcess implements AutoCloseable {
    private static final int REMEMBERED_LINES = 50;
    private static final int PATIENCE_SECONDS = 15;

    private final String name;
    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param readyPrefix how the line begins that says it is ready
     * @param secrets what others must not see among its arguments, by environment variable
     * @param java options of the JVM, then the program's arguments
     */
    static ChildProcess start(
            String name, Path log, String readyPrefix, Map<String, String> secrets, List<String> java) {
        String binary = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            ProcessBuilder program = new ProcessBuilder(
                    Stream.concat(Stream.of(binary), java.stream()).toList());
            program.environment().putAll(secrets);
            Process process = program.redirectErrorStream(true).start();
            ChildProcess child = new ChildProcess(name, process);
            Thread reader = new Thread(() -> child.copyOutput(log, readyPrefix), name + "-output");
            reader.setDaemon(true);
            reader.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** The line that says it is ready; fails early when the process ends before. */
    CompletableFuture<String> ready() {
        return ready;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Why it has ended: its user's mistake if its exit code says so. */
    DemoException explainedEnd() {
        boolean mistake = !process.isAlive() && process.exitValue() == FleetMain.USERS_MISTAKE;
        return mistake ? DemoException.mistake(lastLine()) : DemoException.failure(name + " has ended: " + lastLine());
    }

    private synchronized String lastLine() {
        return lastLines.isEmpty() ? "no output" : lastLines.getLast();
    }

    private void copyOutput(Path log, String readyPrefix) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                var file = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                remember(line);
                if (line.startsWith(readyPrefix)) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(DemoException.failure(name + ": its output was lost: " + e.getMessage()));
        }
        ready.completeExceptionally(explainedEnd());
    }

    private synchronized void remember(String line) {
        lastLines.addLast(line);
        if (lastLines.size() > REMEMBERED_LINES) {
            lastLines.removeFirst();
        }
    }

    /** Asks it to end and goes on reading its last words; {@link #close} waits for it. */
    void askToEnd() {
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        askToEnd();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
