package io.fleetsdk.server;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.EnvelopeCodec;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetrySample;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;

/** The robot's side of the wire without an agent: says exactly what a test wants said. */
public final class PlayedRobot implements AutoCloseable {
    private final EnvelopeCodec codec = new EnvelopeCodec(new JacksonCodec());
    private final Connection connection;
    private final RobotId id;

    PlayedRobot(String broker, String id) {
        try {
            this.connection = Nats.connect(broker);
            this.id = RobotId.of(id);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public void announces(String firmware) {
        says(
                MessageType.IDENTITY,
                FleetSubjects.identity(id),
                new RobotIdentity(
                        "Walker", "Acme", firmware, Optional.of("S-1"), JsonObject.of("motors", List.of("left"))));
        says(
                MessageType.CAPABILITY,
                FleetSubjects.capability(id),
                new RobotCapability(
                        firmware,
                        List.of(new CommandCapability("goto", Optional.of("Drives"), JsonObject.empty(), true)),
                        OptionalDouble.of(1.5),
                        OptionalDouble.empty(),
                        List.of("lidar"),
                        true,
                        false,
                        List.of(),
                        JsonObject.of("type", "object")));
    }

    public void beats() {
        beats(Presence.ONLINE);
    }

    public void beats(Presence presence) {
        says(
                MessageType.STATUS,
                FleetSubjects.status(id),
                new RobotStatus(
                        presence,
                        OperatingMode.AUTOMATIC,
                        RobotState.IDLE,
                        OptionalDouble.of(80),
                        false,
                        false,
                        Optional.empty(),
                        "1.0",
                        60,
                        List.of(new RobotError("worn", RobotError.Severity.WARNING, "Left tyre", Optional.empty())),
                        Map.of("walk", "3")));
    }

    public void measures(double x, double y, double battery) {
        says(
                MessageType.TELEMETRY,
                FleetSubjects.telemetry(id, TelemetryChannel.WHOLE),
                TelemetrySample.builder()
                        .position(x, y, 0)
                        .yaw(0.5)
                        .velocity(1, 0.1)
                        .battery(battery)
                        .temperature(31)
                        .value("load", 0.25)
                        .build()
                        .toJson());
    }

    public void reports(ReportedSettings reported) {
        says(MessageType.SETTINGS_REPORTED, FleetSubjects.settingsReported(id), reported);
    }

    public void answers(UUID commandId, CommandAck ack) {
        says(
                FleetSubjects.commandAck(id),
                codec.encode(envelope(MessageType.COMMAND_ACK, ack).withCorrelationId(commandId)));
    }

    /** Accepts, shows progress and completes each command to it. */
    public void obeys() {
        hears(command -> {
            answers(command.commandId(), CommandAck.of(CommandState.ACCEPTED));
            answers(command.commandId(), CommandAck.progress(50).withMessage("half way"));
            answers(command.commandId(), CommandAck.of(CommandState.COMPLETED).withResult(JsonObject.of("metres", 7)));
        });
    }

    /** Commands for this robot alone, as they are sent. */
    public void hears(Consumer<Command> handler) {
        connection
                .createDispatcher(message -> handler.accept(
                        codec.decode(MessageType.COMMAND, message.getSubject(), message.getData(), Optional.empty())
                                .payload()))
                .subscribe(FleetSubjects.command(id));
        try {
            connection.flush(java.time.Duration.ofSeconds(5));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public void says(String subject, byte[] body) {
        try {
            connection.jetStream().publish(subject, body);
        } catch (IOException | JetStreamApiException e) {
            throw new AssertionError(e);
        }
    }

    private <T> void says(MessageType<T> type, String subject, T payload) {
        says(subject, codec.encode(envelope(type, payload)));
    }

    private <T> Envelope<T> envelope(MessageType<T> type, T payload) {
        return Envelope.of(type, id.value(), Instant.now(), payload);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
