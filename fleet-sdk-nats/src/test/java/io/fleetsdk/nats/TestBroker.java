package io.fleetsdk.nats;

import io.fleetsdk.testing.NatsServer;

/** A real broker with the topology applied, for the tests of one class. */
final class TestBroker implements AutoCloseable {
    static final FleetTopology SMALL = FleetTopology.defaults().withByteBudget(1L << 30);

    private final NatsServer server = NatsServer.start();
    private final NatsOptions options =
            NatsOptions.builder().server(server.url()).topology(SMALL).build();

    TestBroker() {
        NatsFleet.applyTopology(options);
    }

    NatsServer server() {
        return server;
    }

    NatsOptions options() {
        return options;
    }

    NatsFleet fleet() {
        return NatsFleet.connect(options);
    }

    @Override
    public void close() {
        server.close();
    }
}
