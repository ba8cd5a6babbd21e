package io.fleetsdk.testing;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of a nats-server. */
final class ServerProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    /** Waits for a line before it becomes the server, under the same process id. */
    private static final String GATE = "read -r go && exec \"$@\" </dev/null";

    private final Process process;
    private final ServerLog log;
    private final Thread logReader;

    private ServerProcess(Process process, ServerLog log, Thread logReader) {
        this.process = process;
        this.log = log;
        this.logReader = logReader;
    }

    /** The watchdog knows the process before it is a server, so that at no moment a server is without one. */
    static ServerProcess start(NatsBinary binary, Path configuration, Machine machine, Watchdog watchdog)
            throws IOException {
        String server = binary.path().toString();
        String file = configuration.toString();
        List<String> command = machine.executable("sh").isPresent()
                ? machine.detached("sh", "-c", GATE, "gate", server, "-c", file)
                : List.of(server, "-c", file);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        watchdog.guard(process.toHandle());
        process.onExit().thenAccept(ended -> watchdog.forget(ended.toHandle()));
        try (OutputStream gate = process.getOutputStream()) {
            gate.write("go\n".getBytes(StandardCharsets.US_ASCII));
        }
        return reading(process);
    }

    private static ServerProcess reading(Process process) {
        ServerLog log = new ServerLog();
        Thread logReader = new Thread(() -> log.drain(process.getInputStream()), "nats-server-log-" + process.pid());
        logReader.setDaemon(true);
        logReader.start();
        return new ServerProcess(process, log, logReader);
    }

    /** Waits for the server to write down its ports, which it does once it listens. */
    Ports awaitPorts(Path directory, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<Ports> ports = Ports.read(directory, process.pid());
            if (ports.isPresent()) {
                return ports.get();
            }
            if (process.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                logReader.join();
                throw failure("ended with code " + process.exitValue() + " while starting");
            }
        }
        throw failure("was not ready within " + limit.toMillis() + " ms");
    }

    private FleetException failure(String what) {
        return log.portInUse()
                .<FleetException>map(address -> new InvalidInputException("port", address, "is already in use"))
                .orElseGet(() -> new UnavailableException("nats-server " + what + ". It logged:\n" + log, null));
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /**
     * Asks it to stop, and makes it stop if it does not. Through the handle, for the process itself would also close the pipe of its
     * log, and a server that cannot write its log dies before it has written its streams.
     */
    void stop() {
        process.toHandle().destroy();
        if (!ends(STOP_LIMIT)) {
            kill();
        }
    }

    void kill() {
        process.destroyForcibly();
        ends(STOP_LIMIT);
    }

    private boolean logReaderEnds(Duration limit) throws InterruptedException {
        logReader.join(limit.toMillis());
        return !logReader.isAlive();
    }

    private boolean ends(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && logReaderEnds(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
