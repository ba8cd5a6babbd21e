package io.fleetsdk.testing;

import io.fleetsdk.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An object server in a JVM of its own. It ends when its standard input does, and so with this JVM however that ends. */
final class StoreProcess implements RunningStore {
    private static final int STOP_SECONDS = 5;

    private final Process process;

    private StoreProcess(Process process) {
        this.process = process;
    }

    static StoreProcess start(ObjectServerConfig config) throws IOException {
        Process process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            hand(config, process);
            awaitListening(process);
            return new StoreProcess(process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void stop() {
        process.destroy();
        if (!ends()) {
            kill();
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        ends();
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Nobody reads what it would log, at a level that depends on the class path.
                "-Dslf4j.internal.verbosity=WARN",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                ObjectServerMain.class.getName());
    }

    /** Through its input, for the arguments of a process are for everyone on the machine to read. */
    private static void hand(ObjectServerConfig config, Process process) throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        for (String line : config.lines()) {
            input.write(line + "\n");
        }
        input.flush();
    }

    private static void awaitListening(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Optional<String> line = Optional.ofNullable(output.readLine());
        while (line.isPresent() && !line.get().equals(ObjectServerMain.LISTENING)) {
            line = Optional.ofNullable(output.readLine());
        }
        if (line.isEmpty()) {
            throw new UnavailableException("the object server's process ended while starting; it wrote why", null);
        }
    }

    private boolean ends() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
