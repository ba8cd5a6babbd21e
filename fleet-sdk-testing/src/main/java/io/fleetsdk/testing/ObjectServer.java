package io.fleetsdk.testing;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real S3 server, owned by this object.
 *
 * <pre>{@code
 * try (ObjectServer server = ObjectServer.start()) {
 *     connect(server.endpoint(), server.accessKey(), server.secretKey());
 * }
 * }</pre>
 *
 * <p>It listens on 127.0.0.1 at a port of its own choice and keeps its objects as files in a temporary directory, which goes with
 * it; with a data directory they stay. It checks signatures, expiry and clock skew, keeps an upload invisible until it is whole,
 * and lets exactly one of several create-only writers win. It knows neither versions nor tags nor lifecycle rules. A key cannot
 * also be the folder of another, and a name between two {@code /} has at most 218 bytes.
 *
 * <p>It runs in this JVM, or with {@link Builder#ownProcess} in one of its own, which can be killed and ends with this JVM in any
 * case. Safe for use by several threads.
 */
public final class ObjectServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ObjectServer.class);

    private final ObjectServerConfig config;
    private final Optional<OwnedDirectory> temporary;
    private final HeldPort port;
    private RunningStore running;
    private boolean closed;

    private ObjectServer(ObjectServerConfig config, Optional<OwnedDirectory> temporary, HeldPort port)
            throws IOException {
        this.config = config;
        this.temporary = temporary;
        this.port = port;
        this.running = config.launch();
    }

    /**
     * Starts a server with the defaults.
     *
     * @throws UnavailableException if it does not start
     */
    public static ObjectServer start() {
        return builder().start();
    }

    /** Options of a server. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where clients connect, such as {@code http://127.0.0.1:40123}; the same after a restart. */
    public URI endpoint() {
        return config.endpoint();
    }

    /** Who may connect. */
    public String accessKey() {
        return config.accessKey();
    }

    /** The secret of the access key. */
    public String secretKey() {
        return config.secretKey();
    }

    /** Where the objects are. */
    public Path dataDirectory() {
        return config.directory();
    }

    public synchronized boolean isRunning() {
        return running.isRunning();
    }

    /**
     * Kills the server at once, as {@code kill -9} does. Its objects stay.
     *
     * @throws IllegalStateException if it has no process of its own
     */
    public synchronized void kill() {
        running.kill();
    }

    /** Lets the server stop in an orderly way and waits for that. Its objects stay. */
    public synchronized void stop() {
        running.stop();
    }

    /**
     * Starts the server again on its port with its objects, after {@link #kill} or {@link #stop}; one that runs is stopped first.
     *
     * @throws UnavailableException if the server does not start
     * @throws IllegalStateException if this object is closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("this object server was closed: start a new one");
        }
        stop();
        try {
            running = config.launch();
        } catch (IOException e) {
            throw new UnavailableException("the object server could not be started again: " + e, e);
        }
    }

    /** Stops the server and removes what it kept in its temporary directory. Further calls do nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (port) {
            stop();
            if (temporary.isPresent()) {
                temporary.get().close();
            }
        } catch (IOException e) {
            log.warn("an object server left something in {}", config.directory(), e);
        }
    }

    @Override
    public String toString() {
        return "object server at " + endpoint();
    }

    /** Options of a server, with defaults that suit a test. */
    public static final class Builder {
        private static final int SECRET_BYTES = 20;

        private String host = "127.0.0.1";
        private int port;
        private Optional<Path> dataDirectory = Optional.empty();
        private String accessKey = "fleet";
        private String secretKey = randomSecret();
        private ObjectServerConfig.Place place = ObjectServerConfig.Place.THIS_JVM;

        private Builder() {}

        /** The address to listen on. Default: 127.0.0.1. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** The port to listen on, 1 to 65535, or 0 for a free one. Default: 0. */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new InvalidInputException("port", number, "must be 0 to 65535");
            }
            port = number;
            return this;
        }

        /**
         * Where the objects are kept; they stay when the server is closed. It must be on a file system that knows extended
         * attributes, in which metadata are kept. Default: a temporary directory.
         */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Optional.of(directory);
            return this;
        }

        /** Who may connect. Default: access key {@code fleet} with a random secret. */
        public Builder credentials(String access, String secret) {
            accessKey = access;
            secretKey = secret;
            return this;
        }

        /** Runs the server in a JVM of its own, with the class path of this one, so that {@link #kill} can kill it. */
        public Builder ownProcess() {
            place = ObjectServerConfig.Place.OWN_JVM;
            return this;
        }

        /**
         * Starts the server and waits until it listens.
         *
         * @throws UnavailableException if it does not start
         * @throws InvalidInputException if the data directory knows no extended attributes
         */
        public ObjectServer start() {
            try {
                return dataDirectory.isPresent() ? startIn(dataDirectory.get(), Optional.empty()) : startTemporarily();
            } catch (IOException e) {
                throw new UnavailableException("the object server could not be started: " + e, e);
            }
        }

        private ObjectServer startTemporarily() throws IOException {
            OwnedDirectory owned = OwnedDirectory.create();
            try {
                return startIn(owned.path(), Optional.of(owned));
            } catch (IOException | RuntimeException e) {
                try (owned) {
                    throw e;
                }
            }
        }

        private ObjectServer startIn(Path directory, Optional<OwnedDirectory> temporary) throws IOException {
            HeldPort held = HeldPort.of(host, port, Machine.current());
            try {
                ObjectServerConfig config =
                        new ObjectServerConfig(directory, host, held.number(), accessKey, secretKey, place);
                return new ObjectServer(config, temporary, held);
            } catch (IOException | RuntimeException e) {
                try (held) {
                    throw e;
                }
            }
        }

        private static String randomSecret() {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    }
}
