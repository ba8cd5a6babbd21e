package io.fleetsdk.envelope;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import java.util.List;

/**
 * A kind of robot message: its word on the wire and the value its payload becomes.
 *
 * @param wireName the envelope's {@code type}
 * @param payload the class of the payload
 * @param <T> the class of the payload
 */
public record MessageType<T>(String wireName, Class<T> payload) {
    public static final MessageType<RobotIdentity> IDENTITY = new MessageType<>("identity", RobotIdentity.class);
    public static final MessageType<RobotCapability> CAPABILITY =
            new MessageType<>("capability", RobotCapability.class);
    public static final MessageType<RobotStatus> STATUS = new MessageType<>("status", RobotStatus.class);
    /** A whole sample ({@link io.fleetsdk.telemetry.TelemetrySample}) or the free-form content of one channel. */
    public static final MessageType<JsonObject> TELEMETRY = new MessageType<>("telemetry", JsonObject.class);

    public static final MessageType<DesiredSettings> SETTINGS_DESIRED =
            new MessageType<>("settings.desired", DesiredSettings.class);
    public static final MessageType<ReportedSettings> SETTINGS_REPORTED =
            new MessageType<>("settings.reported", ReportedSettings.class);
    public static final MessageType<Command> COMMAND = new MessageType<>("cmd", Command.class);
    public static final MessageType<CommandAck> COMMAND_ACK = new MessageType<>("cmd.ack", CommandAck.class);

    /** Every type of protocol version 1. */
    public static List<MessageType<?>> all() {
        return List.of(
                IDENTITY, CAPABILITY, STATUS, TELEMETRY, SETTINGS_DESIRED, SETTINGS_REPORTED, COMMAND, COMMAND_ACK);
    }
}
