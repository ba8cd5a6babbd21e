package io.fleetsdk.telemetry;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A telemetry message as received.
 *
 * @param sentAt the robot's clock
 * @param storedAt the broker's clock
 * @param seq the robot's counter; a gap proves a loss
 * @param payload a whole sample's JSON, or the channel's own content
 */
public record TelemetryReading(
        RobotId robotId,
        TelemetryChannel channel,
        Instant sentAt,
        Instant storedAt,
        OptionalLong seq,
        JsonObject payload) {
    /**
     * The payload of a whole sample.
     *
     * @throws io.fleetsdk.InvalidInputException if this is another channel's content of another shape
     */
    public TelemetrySample sample() {
        return TelemetrySample.from(payload);
    }
}
