package io.fleetsdk.nats;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.nats.client.Dispatcher;
import io.nats.client.PublishOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;

/** The robot's side of the wire without an agent: says exactly what a test wants said. */
final class WireRobot implements AutoCloseable {
    private final Broker broker;
    private final RobotId id;

    WireRobot(NatsOptions options, String id) {
        this.broker = Broker.connect(options);
        this.id = RobotId.of(id);
    }

    RobotId id() {
        return id;
    }

    void says(String subject, byte[] body) throws Exception {
        broker.jetStream().publish(subject, body);
    }

    <T> void says(MessageType<T> type, String subject, T payload) {
        broker.publish(subject, Envelope.of(type, id.value(), Instant.now(), payload), PublishOptions.builder());
    }

    void announces(String firmware) {
        says(
                MessageType.IDENTITY,
                FleetSubjects.identity(id),
                new RobotIdentity("Walker", "Acme", firmware, Optional.of("S-1"), JsonObject.empty()));
        says(
                MessageType.CAPABILITY,
                FleetSubjects.capability(id),
                new RobotCapability(
                        firmware,
                        List.of(),
                        OptionalDouble.of(1.5),
                        OptionalDouble.empty(),
                        List.of("lidar"),
                        true,
                        true,
                        List.of(),
                        JsonObject.empty()));
    }

    void beats(Presence presence, String firmware, double heartbeatSeconds) {
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
                        firmware,
                        heartbeatSeconds,
                        List.of(),
                        Map.of()));
    }

    void measures(JsonObject payload) {
        says(MessageType.TELEMETRY, FleetSubjects.telemetry(id, TelemetryChannel.WHOLE), payload);
    }

    void reports(ReportedSettings reported) {
        says(MessageType.SETTINGS_REPORTED, FleetSubjects.settingsReported(id), reported);
    }

    void answers(UUID commandId, CommandAck ack) {
        broker.publish(
                FleetSubjects.commandAck(id),
                Envelope.of(MessageType.COMMAND_ACK, id.value(), Instant.now(), ack)
                        .withCorrelationId(commandId),
                PublishOptions.builder());
    }

    /** Commands on the given subject, as core messages. */
    void hears(String subject, Consumer<Command> handler) throws Exception {
        Dispatcher dispatcher = broker.connection()
                .createDispatcher(message -> handler.accept(broker.envelopes()
                        .decode(MessageType.COMMAND, message.getSubject(), message.getData(), Optional.empty())
                        .payload()));
        dispatcher.subscribe(subject);
        broker.flush();
    }

    @Override
    public void close() {
        broker.close();
    }
}
