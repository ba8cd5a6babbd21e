package io.fleetsdk.robot;

import java.time.Instant;
import java.util.Optional;

/**
 * All that is known of one robot: its own words as last received, and the backend's metadata.
 *
 * @param lastSeenAt the broker's clock at the last heartbeat or profile
 */
public record Robot(
        RobotId id,
        RobotMetadata metadata,
        Presence presence,
        Optional<Instant> lastSeenAt,
        Optional<Received<RobotIdentity>> identity,
        Optional<Received<RobotCapability>> capability,
        Optional<Received<RobotStatus>> status) {
    /** The operator's name for it, or its id. */
    public String name() {
        return metadata.displayName().orElse(id.value());
    }
}
