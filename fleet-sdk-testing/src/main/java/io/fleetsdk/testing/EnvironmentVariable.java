package io.fleetsdk.testing;

import io.fleetsdk.InvalidInputException;
import java.nio.file.Path;

/** The nats-server a user names explicitly: one that cannot be used is an error rather than skipped. */
record EnvironmentVariable(Machine machine) implements BinarySource {

    static final String NAME = "FLEET_NATS_SERVER";

    @Override
    public String place() {
        return "environment variable " + NAME;
    }

    @Override
    public NatsBinary find() throws NoBinaryException {
        String value = machine.variable(NAME).orElseThrow(() -> new NoBinaryException("not set"));
        try {
            return NatsBinary.inspect(Path.of(value));
        } catch (NoBinaryException e) {
            String rule = "must be the path of a nats-server " + NatsVersion.OLDEST_SUPPORTED + " or newer, but "
                    + e.getMessage();
            throw new InvalidInputException(NAME, value, rule);
        }
    }
}
