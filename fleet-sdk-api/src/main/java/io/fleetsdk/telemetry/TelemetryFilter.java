package io.fleetsdk.telemetry;

import io.fleetsdk.robot.RobotId;
import java.util.Optional;

/**
 * Which telemetry to receive.
 *
 * @param robot one robot, or all where empty
 * @param channel one channel, or all where empty
 */
public record TelemetryFilter(Optional<RobotId> robot, Optional<TelemetryChannel> channel) {
    public static TelemetryFilter everything() {
        return new TelemetryFilter(Optional.empty(), Optional.empty());
    }

    public static TelemetryFilter of(RobotId robot) {
        return new TelemetryFilter(Optional.of(robot), Optional.empty());
    }

    public TelemetryFilter on(TelemetryChannel only) {
        return new TelemetryFilter(robot, Optional.of(only));
    }
}
