package io.fleetsdk.testing;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** The ports of a nats-server, held while it is down. */
record ReservedPorts(HeldPort client, Optional<HeldPort> monitoring) implements AutoCloseable {

    static ReservedPorts of(ServerConfig config, Machine machine) throws IOException {
        HeldPort client = HeldPort.of(config.host(), config.port(), machine);
        return config.monitoring().isPresent()
                ? new ReservedPorts(
                        client,
                        Optional.of(
                                HeldPort.of(config.host(), config.monitoring().getAsInt(), machine)))
                : new ReservedPorts(client, Optional.empty());
    }

    Ports ports() {
        return new Ports(
                client.number(),
                monitoring.map(port -> OptionalInt.of(port.number())).orElse(OptionalInt.empty()));
    }

    @Override
    public void close() throws IOException {
        client.close();
        if (monitoring.isPresent()) {
            monitoring.get().close();
        }
    }
}
