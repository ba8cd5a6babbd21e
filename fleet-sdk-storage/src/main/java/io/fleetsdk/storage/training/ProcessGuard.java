package io.fleetsdk.storage.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;

/**
 * Kills what a program has started. A shell reads from a pipe whose only writer is this JVM, so it does its work when it is let go
 * as well as when this JVM vanishes. It finds them by a mark in their environment, which children inherit, also those that made
 * themselves a group, a session or a daemon. Where there is no {@code /proc} it finds nobody.
 */
final class ProcessGuard implements AutoCloseable {
    private static final String MARK = "FLEET_TRAINING_PROCESS";

    /** A round may miss what is being started in it, so there is another one after each that found somebody. */
    private static final String SCRIPT = """
            # What is sent to the whole process group of the owner must not end its guard first.
            trap '' INT TERM HUP
            while read -r line; do :; done
            rounds=0
            # It also fails where a process ended while it looked, so its exit code says nothing.
            marked() { found=$(grep -lsaF -- "$1" /proc/[0-9]*/environ); [ -n "$found" ]; }
            while [ $rounds -lt 100 ] && marked "$1"; do
              for file in $found; do
                process=${file#/proc/}
                kill -KILL "${process%/environ}" 2>/dev/null
              done
              rounds=$((rounds + 1))
              [ $rounds -lt 10 ] || sleep 0.02
            done
            """;

    private final String value;
    private final Process shell;

    private ProcessGuard(String value, Process shell) {
        this.value = value;
        this.shell = shell;
    }

    /** One that stands before the program does. */
    static ProcessGuard start() throws IOException {
        String value = UUID.randomUUID().toString();
        Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "fleet-training-guard", MARK + "=" + value)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ProcessGuard(value, shell);
    }

    /** Marks what will be started with this environment. */
    void mark(Map<String, String> environment) {
        environment.put(MARK, value);
    }

    /** Kills all that is left, and returns when it is done. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of a training process was ended by somebody else", e);
        }
        shell.onExit().join();
    }
}
