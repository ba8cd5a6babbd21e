package io.fleetsdk.robot;

import io.fleetsdk.internal.Require;
import java.util.Optional;

/**
 * A telemetry channel a robot publishes beside its whole samples.
 *
 * @param name one token, such as {@code diagnostics}
 * @param unit the unit of its numbers, such as {@code m/s}
 * @param description for people
 */
public record ChannelCapability(String name, Optional<String> unit, Optional<String> description) {
    public ChannelCapability {
        name = Require.token("channels.name", name);
        unit = Require.orEmpty(unit);
        description = Require.orEmpty(description);
    }
}
