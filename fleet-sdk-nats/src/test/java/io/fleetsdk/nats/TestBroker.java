package io.fleetsdk.nats;

import io.fleetsdk.testing.NatsServer;

/** A broker that a test may kill, with the topology applied. Tests that leave it alive share one: FleetExtension. */
final class TestBroker implements AutoCloseable {
    private final NatsServer server = NatsServer.start();

    TestBroker() {
        NatsFleet.applyTopology(options());
    }

    /** For {@code FleetExtension}. */
    static NatsFleet connect(String url) {
        return NatsFleet.provision(NatsOptions.of(url));
    }

    NatsServer server() {
        return server;
    }

    NatsOptions options() {
        return NatsOptions.of(server.url());
    }

    NatsFleet fleet() {
        return NatsFleet.connect(options());
    }

    @Override
    public void close() {
        server.close();
    }
}
