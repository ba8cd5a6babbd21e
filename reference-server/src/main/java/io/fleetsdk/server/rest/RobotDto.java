package io.fleetsdk.server.rest;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All that is known of one robot. */
public record RobotDto(
        String robotId,
        Optional<String> displayName,
        boolean isEnabled,
        List<String> tags,
        Optional<String> notes,
        long metadataRevision,
        Presence presence,
        Optional<Instant> lastSeenAt,
        Optional<Instant> firstSeenAt,
        Optional<RobotIdentity> identity,
        Optional<RobotCapability> capability,
        Optional<StatusDto> status,
        Optional<JsonObject> reportedSettings,
        Optional<HoldDto> emergencyStop) {
    static RobotDto of(Robot robot, Optional<JsonObject> reportedSettings, Optional<HoldDto> hold) {
        return new RobotDto(
                robot.id().value(),
                robot.metadata().displayName(),
                robot.metadata().enabled(),
                robot.metadata().tags().stream().sorted().toList(),
                robot.metadata().notes(),
                robot.metadata().revision(),
                robot.presence(),
                robot.lastSeenAt(),
                robot.metadata().firstSeenAt(),
                robot.identity().map(Received::value),
                robot.capability().map(Received::value),
                robot.status().map(StatusDto::of),
                reportedSettings,
                hold);
    }
}
