package io.fleetsdk.testing;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real nats-server with JetStream, owned by this object.
 *
 * <pre>{@code
 * try (NatsServer server = NatsServer.start()) {
 *     connect(server.url());
 * }
 * }</pre>
 *
 * <p>It listens on 127.0.0.1 at a port of its own choice and keeps its streams in a temporary directory, which goes
 * with it. It ends when it is closed, and also when the JVM ends in any way, {@code kill -9} included (that last only
 * where there is a {@code sh}, which is everywhere but on Windows).
 *
 * <p>The binary is the first of version 2.14 or newer among: the path in the environment variable
 * {@code FLEET_NATS_SERVER}; {@code PATH}; the user's cache directory; the official release archive, fetched into that
 * cache; and on Debian and Ubuntu the package nats-server of the newest suite of the machine's own archive, unpacked
 * into that cache and not installed. Started from the cache it is ready in well under a second.
 *
 * <p>Safe for use by several threads.
 */
public final class NatsServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NatsServer.class);

    private final Launcher launcher;
    private final ReservedPorts reserved;
    private Launcher.Running running;
    private boolean closed;

    private NatsServer(Launcher launcher, ReservedPorts reserved, Launcher.Running running) {
        this.launcher = launcher;
        this.reserved = reserved;
        this.running = running;
    }

    /**
     * Starts a server with the defaults.
     *
     * @throws UnavailableException if no usable nats-server is found or it does not start; the message says why
     */
    public static NatsServer start() {
        return builder().start();
    }

    /** Options of a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where clients connect, such as {@code nats://127.0.0.1:40123}; the same after a restart. */
    public synchronized String url() {
        return running.config().url();
    }

    /** The port clients connect to; the same after a restart. */
    public synchronized int port() {
        return running.config().port();
    }

    /** The monitoring endpoint, if the server was started with {@link Builder#monitoringPort}. */
    public synchronized Optional<URI> monitoring() {
        return running.config().monitoringUrl();
    }

    /** The version of the server, such as {@code 2.15.1}. */
    public String version() {
        return launcher.binary().version().toString();
    }

    /** The process id of the server; after it ended, the one it had. */
    public synchronized long pid() {
        return running.process().pid();
    }

    /** Whether the process of the server is alive. */
    public synchronized boolean isRunning() {
        return running.process().isRunning();
    }

    /** Kills the server at once, as {@code kill -9} does. Its streams stay. */
    public synchronized void kill() {
        running.process().kill();
    }

    /** Lets the server stop in an orderly way and waits for that. Its streams stay. */
    public synchronized void stop() {
        running.process().stop();
    }

    /**
     * Starts the server again on its port with its streams, after {@link #kill} or {@link #stop}; one that runs is
     * stopped first.
     *
     * @throws UnavailableException if the server does not start
     * @throws IllegalStateException if this object is closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("this nats-server was closed: start a new one");
        }
        stop();
        try {
            running = launcher.launch(running.config());
        } catch (IOException e) {
            throw new UnavailableException("nats-server could not be started again: " + e, e);
        }
    }

    /** Stops the server and removes what it kept in its temporary directory. Further calls do nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (launcher;
                reserved) {
            stop();
        } catch (IOException e) {
            log.warn("a nats-server left something in {}", launcher.directory().path(), e);
        }
    }

    /** Options of a server, with defaults that suit a test. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private OptionalInt monitoringPort = OptionalInt.empty();
        private Optional<Path> dataDirectory = Optional.empty();
        private int maxPayload = 4 * 1024 * 1024;
        private Optional<String> sync = Optional.empty();
        private String extra = "";
        private Duration startLimit = Duration.ofSeconds(10);

        private Builder() {}

        /** The address to listen on. Default: 127.0.0.1; {@code 0.0.0.0} for all of the machine's. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** The port to listen on, 1 to 65535, or 0 for a free one. Default: 0. */
        public Builder port(int number) {
            port = checkedPort("port", number);
            return this;
        }

        /** Opens the monitoring endpoint, on 1 to 65535 or, with 0, on a free port. Default: no such endpoint. */
        public Builder monitoringPort(int number) {
            monitoringPort = OptionalInt.of(checkedPort("monitoringPort", number));
            return this;
        }

        /** Where JetStream keeps its files; it stays when the server is closed. Default: a temporary directory. */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Optional.of(directory);
            return this;
        }

        /** The largest message in bytes, 1 to 64 Mi. Default: 4 MiB. */
        public Builder maxPayload(int bytes) {
            if (bytes < 1 || bytes > 64 * 1024 * 1024) {
                throw new InvalidInputException("maxPayload", bytes, "must be 1 to 67108864 bytes");
            }
            maxPayload = bytes;
            return this;
        }

        /**
         * How long a stored message may stay unsynced to disk, at least 1 ms. The server's default, 2 minutes,
         * survives the death of the server, not that of the machine.
         */
        public Builder syncInterval(Duration interval) {
            if (interval.toMillis() < 1) {
                throw new InvalidInputException("syncInterval", interval, "must be at least 1 ms");
            }
            sync = Optional.of(interval.toMillis() + "ms");
            return this;
        }

        /** Syncs each stored message to disk before it is acknowledged, which costs most of the speed. */
        public Builder syncAlways() {
            sync = Optional.of("always");
            return this;
        }

        /** Text in the server's configuration language, put at the end of its configuration file. */
        public Builder config(String text) {
            extra = text;
            return this;
        }

        /** How long the server may take until it listens. Default: 10 s. */
        public Builder startLimit(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new InvalidInputException("startLimit", limit, "must be above 0");
            }
            startLimit = limit;
            return this;
        }

        /**
         * Starts the server and waits until it listens.
         *
         * @throws UnavailableException if no usable nats-server is found or it does not start; the message says why
         *     and ends with the server's log
         * @throws InvalidInputException if the port is in use, or {@code FLEET_NATS_SERVER} names no usable server
         */
        public NatsServer start() {
            return start(Machine.current());
        }

        NatsServer start(Machine machine) {
            NatsBinary binary = BinarySearch.on(machine).find();
            try {
                Launcher launcher = Launcher.of(binary, machine, startLimit);
                ServerConfig config = config(launcher.temporaryStore());
                ReservedPorts reserved = ReservedPorts.of(config, machine);
                return start(launcher, reserved, config);
            } catch (IOException e) {
                throw new UnavailableException("nats-server could not be started: " + e, e);
            }
        }

        private static NatsServer start(Launcher launcher, ReservedPorts reserved, ServerConfig config)
                throws IOException {
            try {
                return new NatsServer(launcher, reserved, launcher.launch(config.on(reserved.ports())));
            } catch (IOException | RuntimeException e) {
                try (launcher;
                        reserved) {
                    throw e;
                }
            }
        }

        private ServerConfig config(Path temporaryStore) {
            return new ServerConfig(
                    host, port, monitoringPort, dataDirectory.orElse(temporaryStore), maxPayload, sync, extra);
        }

        private static int checkedPort(String field, int number) {
            if (number < 0 || number > 65_535) {
                throw new InvalidInputException(field, number, "must be 0 to 65535");
            }
            return number;
        }
    }
}
