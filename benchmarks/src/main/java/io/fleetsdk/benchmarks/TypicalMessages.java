package io.fleetsdk.benchmarks;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.telemetry.TelemetrySample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** Messages as a mobile robot with an arm sends and gets them: what is measured is measured on these. */
final class TypicalMessages {
    static final RobotId ROBOT = RobotId.of("RB-001");
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    private TypicalMessages() {}

    /** A whole sample of some 400 bytes. */
    static JsonObject sample() {
        return TelemetrySample.builder()
                .position(12.471, -3.085, 0)
                .yaw(1.5712)
                .velocity(0.84, -0.031)
                .battery(81.5)
                .temperature(36.4)
                .joints(List.of(0.0, -1.571, 1.047, 0.523, -0.785, 3.1412))
                .value("motor.left.current", 2.13)
                .value("motor.right.current", 2.21)
                .build()
                .toJson();
    }

    static Envelope<JsonObject> telemetry(RobotId robot) {
        return Envelope.of(MessageType.TELEMETRY, robot.value(), NOW, sample()).withSeq(48_212);
    }

    static RobotStatus status(RobotId robot, double heartbeatSeconds) {
        return new RobotStatus(
                Presence.ONLINE,
                OperatingMode.AUTOMATIC,
                RobotState.IDLE,
                OptionalDouble.of(81.5),
                false,
                false,
                Optional.of(new UUID(7, robot.value().hashCode())),
                "2.4.1",
                heartbeatSeconds,
                List.of(),
                Map.of("grasp", "3"));
    }

    static Envelope<RobotStatus> statusEnvelope() {
        return Envelope.of(MessageType.STATUS, ROBOT.value(), NOW, status(ROBOT, 2))
                .withSeq(122);
    }

    static CommandRequest request() {
        return CommandRequest.of("drive_to", JsonObject.of("x", 4.0, "y", 2.5)).requestedBy("operator.kim");
    }

    static Envelope<Command> command() {
        Command command = request().sentAt(NOW);
        return Envelope.of(MessageType.COMMAND, ROBOT.value(), NOW, command).withCorrelationId(command.commandId());
    }
}
