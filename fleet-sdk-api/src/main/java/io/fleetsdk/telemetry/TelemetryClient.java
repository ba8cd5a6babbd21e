package io.fleetsdk.telemetry;

import io.fleetsdk.Subscription;
import io.fleetsdk.robot.RobotId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What robots measure. Thread-safe. Robots publish through {@link io.fleetsdk.link.RobotLink}. */
public interface TelemetryClient {
    /**
     * Live telemetry from now on, in order for each robot, one call of the handler at a time. An exception of the handler is
     * logged and the next reading delivered. Survives reconnects: what was stored meanwhile is delivered after.
     */
    Subscription subscribe(TelemetryFilter filter, Overflow overflow, Consumer<TelemetryReading> handler);

    /** Stored readings, oldest first. Empty for a robot never heard of. */
    List<TelemetryReading> history(TelemetryQuery query);

    /** The newest stored reading of the channel. */
    Optional<TelemetryReading> latest(RobotId robot, TelemetryChannel channel);
}
