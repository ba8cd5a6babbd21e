package io.fleetsdk.nats;

import io.fleetsdk.testing.NatsServer;

/** A broker that a test may kill, with the topology applied. Tests that leave it alive share one: FleetExtension. */
final class TestBroker implements AutoCloseable {
    static final FleetTopology SMALL = FleetTopology.defaults().withByteBudget(1L << 30);

    private final NatsServer server = NatsServer.start();

    TestBroker() {
        NatsFleet.applyTopology(options());
    }

    /** For {@code FleetExtension}. */
    static NatsFleet connect(String url) {
        NatsFleet.applyTopology(options(url));
        return NatsFleet.connect(options(url));
    }

    static NatsOptions options(String url) {
        return NatsOptions.builder().server(url).topology(SMALL).build();
    }

    NatsServer server() {
        return server;
    }

    NatsOptions options() {
        return options(server.url());
    }

    NatsFleet fleet() {
        return NatsFleet.connect(options());
    }

    @Override
    public void close() {
        server.close();
    }
}
