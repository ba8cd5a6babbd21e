package io.fleetsdk.benchmarks;

import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A broker with the topology, and what was opened on it: closed with it, last first. */
final class Testbed implements AutoCloseable {
    static final int PATIENCE_SECONDS = 120;
    /** The defaults ask for more room than most machines have. */
    static final FleetTopology TOPOLOGY = FleetTopology.defaults().withByteBudget(4L << 30);

    private final NatsServer server;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Testbed(Sync sync) {
        this.server = sync.start();
    }

    static Testbed withTopology(Sync sync) {
        Testbed testbed = new Testbed(sync);
        NatsFleet.applyTopology(testbed.options());
        return testbed;
    }

    NatsOptions options() {
        return NatsOptions.builder().server(server.url()).topology(TOPOLOGY).build();
    }

    String version() {
        return server.version();
    }

    /** Takes it over: it is closed with this. */
    <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    NatsFleet fleet() {
        return closing(NatsFleet.connect(options()));
    }

    /** An empty directory that goes with this. */
    Path directory() throws IOException {
        Path directory = Files.createTempDirectory("fleet-benchmarks");
        closing(() -> delete(directory));
        return directory;
    }

    /** A robot's link that is connected. */
    NatsRobotLink link(String robot) throws Exception {
        AtomicLong counter = new AtomicLong();
        CompletableFuture<NatsRobotLink.Connection> connected = new CompletableFuture<>();
        NatsRobotLink link = closing(NatsRobotLink.connect(
                options(), RobotId.of(robot), Optional.empty(), type -> counter.incrementAndGet()));
        link.onConnectionChange(connected::complete);
        if (link.connection() == NatsRobotLink.Connection.DISCONNECTED) {
            connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return link;
    }

    /** A connection of jnats with its defaults. */
    Connection raw() throws IOException, InterruptedException {
        return closing(Nats.connect(new Options.Builder().server(server.url()).build()));
    }

    /** A stream beside the SDK's, declared as plainly as can be. */
    static void addStream(Connection connection, String name, String subject)
            throws IOException, JetStreamApiException {
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(name)
                        .subjects(subject)
                        .build());
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        server.close();
    }
}
