package io.fleetsdk.server.rest;

import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** A robot's last heartbeat. */
public record StatusDto(
        OperatingMode mode,
        RobotState state,
        OptionalDouble battery,
        boolean charging,
        boolean emergencyStop,
        Optional<UUID> activeCommand,
        String firmwareVersion,
        List<RobotError> errors,
        Map<String, String> models,
        Instant sentAt,
        Instant receivedAt) {
    static StatusDto of(Received<RobotStatus> received) {
        RobotStatus status = received.value();
        return new StatusDto(
                status.mode(),
                status.state(),
                status.battery(),
                status.charging(),
                status.emergencyStop(),
                status.activeCommand(),
                status.firmwareVersion(),
                status.errors(),
                status.models(),
                received.sentAt(),
                received.receivedAt());
    }
}
