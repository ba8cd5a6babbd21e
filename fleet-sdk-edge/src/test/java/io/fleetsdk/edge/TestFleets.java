package io.fleetsdk.edge;

import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.testing.FleetExtension;

/** Fleets on small brokers, and how a robot reaches them. */
final class TestFleets {
    static final FleetTopology SMALL = FleetTopology.defaults().withByteBudget(1L << 30);

    private TestFleets() {}

    static FleetExtension extension() {
        return FleetExtension.connecting(url -> connect(options(url)));
    }

    static NatsOptions options(String url) {
        return NatsOptions.builder().server(url).topology(SMALL).build();
    }

    static NatsFleet connect(NatsOptions options) {
        NatsFleet.applyTopology(options);
        return NatsFleet.connect(options);
    }
}
