package io.fleetsdk.testing;

import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs one server after another in a directory that it owns.
 *
 * @param limit how long a server may take until it listens
 */
record Launcher(NatsBinary binary, Machine machine, Duration limit, OwnedDirectory directory, Watchdog watchdog)
        implements AutoCloseable {

    static Launcher of(NatsBinary binary, Machine machine, Duration limit) throws IOException {
        OwnedDirectory directory = OwnedDirectory.create();
        Files.createDirectory(directory.path().resolve("ports"));
        return new Launcher(binary, machine, limit, directory, Watchdog.over(directory.path(), machine));
    }

    /** Where a server may keep its streams, for as long as this launcher is there. */
    Path temporaryStore() {
        return directory.path().resolve("store");
    }

    /** Starts a server and waits until it listens. */
    Running launch(ServerConfig config) throws IOException {
        Path ports = directory.path().resolve("ports");
        Path file = directory.path().resolve("nats-server.conf");
        Files.writeString(file, config.text(ports));
        ServerProcess process = ServerProcess.start(binary, file, machine, watchdog);
        try {
            return new Running(process, config.on(process.awaitPorts(ports, limit)));
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
            throw new UnavailableException("the start of a nats-server was interrupted", e);
        } catch (IOException | RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (watchdog) {
            directory.close();
        }
    }

    /**
     * A server that was started.
     *
     * @param config with the ports it listens on
     */
    record Running(ServerProcess process, ServerConfig config) {}
}
