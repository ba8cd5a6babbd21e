package io.fleetsdk.nats;

import io.fleetsdk.Subscription;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.internal.Delivery;
import io.fleetsdk.nats.internal.FollowedDelivery;
import io.fleetsdk.nats.internal.StreamFollower;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryClient;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryQuery;
import io.fleetsdk.telemetry.TelemetryReading;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Telemetry from the stream: live through an ordered reader, the past through {@link TelemetryHistory}. */
final class JetStreamTelemetry implements TelemetryClient {
    private final Broker broker;
    private final EnvelopeReader envelopes;
    private final TelemetryHistory history;

    JetStreamTelemetry(Broker broker) {
        this.broker = broker;
        this.envelopes = new EnvelopeReader(broker);
        this.history = new TelemetryHistory(broker);
    }

    @Override
    public Subscription subscribe(TelemetryFilter filter, Overflow overflow, Consumer<TelemetryReading> handler) {
        Delivery<TelemetryReading> delivery = Delivery.start(broker.options().name() + "-telemetry", overflow, handler);
        StreamFollower follower = StreamFollower.start(
                broker.connection(),
                broker.stream(FleetStream.ROBOT_TELEMETRY),
                subjects(filter),
                DeliverPolicy.New,
                message -> reading(message).ifPresent(delivery::offer));
        return new FollowedDelivery(follower, delivery);
    }

    @Override
    public List<TelemetryReading> history(TelemetryQuery query) {
        return history.read(query);
    }

    @Override
    public Optional<TelemetryReading> latest(RobotId robot, TelemetryChannel channel) {
        String subject = FleetSubjects.telemetry(robot, channel);
        return broker.last(broker.stream(FleetStream.ROBOT_TELEMETRY), subject).flatMap(this::reading);
    }

    private Optional<TelemetryReading> reading(Message message) {
        return envelopes
                .read(MessageType.TELEMETRY, message)
                .map(envelope -> reading(
                        envelope,
                        message.getSubject(),
                        message.metaData().timestamp().toInstant()));
    }

    private Optional<TelemetryReading> reading(MessageInfo message) {
        byte[] body = message.getData();
        try {
            Envelope<JsonObject> envelope = broker.envelopes()
                    .decode(
                            MessageType.TELEMETRY,
                            message.getSubject(),
                            body == null ? new byte[0] : body,
                            Optional.empty());
            return Optional.of(
                    reading(envelope, message.getSubject(), message.getTime().toInstant()));
        } catch (MalformedEnvelopeException e) {
            return Optional.empty();
        }
    }

    static TelemetryReading reading(Envelope<JsonObject> envelope, String subject, Instant storedAt) {
        return new TelemetryReading(
                envelope.robotId(),
                FleetSubjects.channel(subject),
                envelope.sentAt(),
                storedAt,
                envelope.seq(),
                envelope.payload());
    }

    private static List<String> subjects(TelemetryFilter filter) {
        if (filter.robot().isEmpty()) {
            return List.of(filter.channel().map(FleetSubjects::allTelemetry).orElse(FleetSubjects.allTelemetry()));
        }
        RobotId robot = filter.robot().get();
        return filter.channel()
                .map(channel -> List.of(FleetSubjects.telemetry(robot, channel)))
                .orElseGet(() -> List.of(
                        FleetSubjects.telemetry(robot, TelemetryChannel.WHOLE),
                        FleetSubjects.telemetryChannels(robot)));
    }
}
