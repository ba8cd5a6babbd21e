package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.link.RobotLink.StopScope;
import io.fleetsdk.link.RobotLink.StopSignal;
import io.fleetsdk.link.RobotLink.StopSource;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emergency stops as one robot hears of them: signals as they come, and the stored latches. */
final class RobotLinkStops implements RobotLinkTopic {
    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);

    private final RobotId robot;
    private final String bucket;
    private final JacksonCodec json;
    private final EnvelopeCodec codec;
    private final RobotLinkHandlers<StopSignal> handlers;

    RobotLinkStops(
            RobotId robot,
            String bucket,
            JacksonCodec json,
            EnvelopeCodec codec,
            RobotLinkHandlers<StopSignal> handlers) {
        this.robot = robot;
        this.bucket = bucket;
        this.json = json;
        this.codec = codec;
        this.handlers = handlers;
    }

    @Override
    public List<String> subjects() {
        return List.of(FleetSubjects.emergencyStop(robot), FleetSubjects.emergencyStopOfAll());
    }

    @Override
    public RobotLinkHandlers<StopSignal> handlers() {
        return handlers;
    }

    @Override
    public void read(Connection connection) throws IOException, JetStreamApiException {
        handlers.tell(stored(connection, StopScope.ROBOT));
        handlers.tell(stored(connection, StopScope.FLEET));
    }

    @Override
    public void changed(Message message) {
        try {
            Envelope<Command> envelope =
                    codec.decode(MessageType.COMMAND, message.getSubject(), message.getData(), Optional.empty());
            handlers.tell(new StopSignal(
                    envelope.address().equals(FleetSubjects.ALL) ? StopScope.FLEET : StopScope.ROBOT,
                    latch(envelope),
                    StopSource.SIGNAL));
        } catch (MalformedEnvelopeException | InvalidInputException e) {
            log.error("Discarded an unreadable emergency stop on {}: {}", message.getSubject(), e.getMessage());
        }
    }

    private StopSignal stored(Connection connection, StopScope scope) throws IOException, JetStreamApiException {
        String address = scope == StopScope.FLEET ? FleetSubjects.ALL : robot.value();
        KeyValueEntry entry = connection.keyValue(bucket).get(JetStreamEmergencyStop.KEY_PREFIX + address);
        byte[] value = entry == null ? null : entry.getValue();
        StopLatch latch = value == null ? StopLatch.never() : json.decode(value, StopLatch.class);
        return new StopSignal(scope, latch, StopSource.STORED);
    }

    private static StopLatch latch(Envelope<Command> envelope) {
        Command command = envelope.payload();
        return new StopLatch(
                isStop(command.type()),
                command.payload()
                        .integer("revision")
                        .orElseThrow(() -> new InvalidInputException("payload.revision", "missing", "is required")),
                command.payload().string("reason").orElse(""),
                command.requestedBy().orElse(""),
                envelope.sentAt());
    }

    private static boolean isStop(String type) {
        return switch (type) {
            case CommandTypes.EMERGENCY_STOP -> true;
            case CommandTypes.EMERGENCY_STOP_RELEASE -> false;
            default ->
                throw new InvalidInputException("payload.type", type, "must be an emergency stop or its release");
        };
    }
}
