package io.fleetsdk.server;

import io.fleetsdk.Fleet;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.server.auth.Tokens;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.testing.NatsServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real broker and the server before it, for the tests of one class. */
public final class ServerUnderTest implements BeforeAllCallback, AfterAllCallback {
    public static final String VIEWER = "viewer-0123456789abcdef";
    public static final String OPERATOR = "operator-0123456789abcdef";
    public static final String ADMIN = "admin-0123456789abcdef";

    private static final String TOKENS =
            "vera viewer " + VIEWER + "\notto operator " + OPERATOR + "\nada admin " + ADMIN + "\n";

    private final NatsServer.Builder wanted;
    private NatsServer broker;
    private NatsOptions options;
    private Fleet fleet;
    private FleetServer server;

    public ServerUnderTest() {
        this(NatsServer.builder());
    }

    /**
     * @param wanted the broker
     */
    public ServerUnderTest(NatsServer.Builder wanted) {
        this.wanted = wanted;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = wanted.start();
        options = NatsOptions.builder()
                .server(broker.url())
                .topology(FleetTopology.defaults().withByteBudget(1L << 30))
                .build();
        NatsFleet.applyTopology(options);
        fleet = NatsFleet.connect(options);
        server = start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
        fleet.close();
        broker.close();
    }

    /** One more server on the same fleet. */
    public FleetServer start() {
        return start(Optional.empty());
    }

    /** One more server on the same fleet, with a store for objects. */
    public FleetServer start(Optional<BlobStore> blobs) {
        return FleetServer.start(
                new ServerConfig("127.0.0.1", 0, Tokens.parse(TOKENS)).withKeepAlive(Duration.ofSeconds(1)),
                fleet,
                blobs,
                new JacksonCodec(),
                Clock.systemUTC());
    }

    public NatsServer broker() {
        return broker;
    }

    public Fleet fleet() {
        return fleet;
    }

    public FleetServer server() {
        return server;
    }

    /** A robot that has announced itself. */
    public PlayedRobot robot(String id) {
        PlayedRobot robot = new PlayedRobot(broker.url(), id);
        robot.announces("1.0");
        robot.beats();
        return robot;
    }

    public Caller viewer() {
        return new Caller(server.port(), VIEWER);
    }

    public Caller operator() {
        return new Caller(server.port(), OPERATOR);
    }

    public Caller admin() {
        return new Caller(server.port(), ADMIN);
    }

    public Caller nobody() {
        return new Caller(server.port(), "");
    }
}
