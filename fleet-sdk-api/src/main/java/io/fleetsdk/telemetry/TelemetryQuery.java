package io.fleetsdk.telemetry;

import io.fleetsdk.internal.Require;
import io.fleetsdk.robot.RobotId;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of one robot's telemetry.
 *
 * @param channel which channel; whole samples by default
 * @param from the broker's clock, inclusive; where empty, the newest {@code limit} readings before {@code to} are meant
 * @param to the broker's clock, exclusive; now where empty
 * @param limit at most this many readings, 1 to 100,000, default 1,000; counted from {@code from} where it is
 *     given, else back from {@code to}
 */
public record TelemetryQuery(
        RobotId robot, TelemetryChannel channel, Optional<Instant> from, Optional<Instant> to, int limit) {
    public TelemetryQuery {
        Require.within("limit", limit, 1, 100_000);
    }

    public static TelemetryQuery of(RobotId robot) {
        return new TelemetryQuery(robot, TelemetryChannel.WHOLE, Optional.empty(), Optional.empty(), 1_000);
    }

    public TelemetryQuery on(TelemetryChannel other) {
        return new TelemetryQuery(robot, other, from, to, limit);
    }

    public TelemetryQuery from(Instant start) {
        return new TelemetryQuery(robot, channel, Optional.of(start), to, limit);
    }

    public TelemetryQuery to(Instant end) {
        return new TelemetryQuery(robot, channel, from, Optional.of(end), limit);
    }

    public TelemetryQuery limit(int most) {
        return new TelemetryQuery(robot, channel, from, to, most);
    }
}
