package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of this machine that prints little, run to its end in a directory. */
record Tool(Path directory, List<String> command) {

    static Tool here(String... command) {
        return new Tool(Path.of("").toAbsolutePath(), List.of(command));
    }

    /** What the command printed to both its outputs. */
    String run(Duration limit) throws NoBinaryException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            return await(process, limit);
        } catch (IOException e) {
            throw new NoBinaryException(command.get(0) + " does not run: " + e.getMessage(), e);
        }
    }

    private String await(Process process, Duration limit) throws IOException, NoBinaryException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new NoBinaryException(this + " did not end within " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new NoBinaryException(this + " was interrupted", e);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
            throw new NoBinaryException(this + " ended with code " + process.exitValue() + ": " + output);
        }
        return output;
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
