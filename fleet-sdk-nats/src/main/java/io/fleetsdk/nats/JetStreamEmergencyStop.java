package io.fleetsdk.nats;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.command.Priority;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.nats.internal.Delivery;
import io.fleetsdk.nats.internal.FollowedDelivery;
import io.fleetsdk.nats.internal.StreamFollower;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.Overflow;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Latches in the bucket FLEET_CONFIG; each change is signalled on the estop subjects, which robots hear over core NATS. */
final class JetStreamEmergencyStop implements EmergencyStop {
    static final String KEY_PREFIX = "estop.";
    private static final int ATTEMPTS = 10;
    private static final Overflow HELD_CHANGES = Overflow.dropOldest(10_000);

    private final Broker broker;

    JetStreamEmergencyStop(Broker broker) {
        this.broker = broker;
    }

    @Override
    public StopLatch stop(RobotId robot, String reason, String requestedBy) {
        return set(robot.value(), true, reason, requestedBy);
    }

    @Override
    public StopLatch stopAll(String reason, String requestedBy) {
        return set(FleetSubjects.ALL, true, reason, requestedBy);
    }

    @Override
    public StopLatch release(RobotId robot, String reason, String requestedBy) {
        return set(robot.value(), false, reason, requestedBy);
    }

    @Override
    public StopLatch releaseAll(String reason, String requestedBy) {
        return set(FleetSubjects.ALL, false, reason, requestedBy);
    }

    @Override
    public StopLatch latch(RobotId robot) {
        return read(broker.bucket(FleetBucket.FLEET_CONFIG), robot.value()).latch();
    }

    @Override
    public StopLatch fleetLatch() {
        return read(broker.bucket(FleetBucket.FLEET_CONFIG), FleetSubjects.ALL).latch();
    }

    @Override
    public boolean isStopped(RobotId robot) {
        return latch(robot).stopped() || fleetLatch().stopped();
    }

    @Override
    public Map<RobotId, StopLatch> latches() {
        KeyValue bucket = broker.bucket(FleetBucket.FLEET_CONFIG);
        Map<RobotId, StopLatch> latches = new HashMap<>();
        for (String key : keys(bucket)) {
            String address = key.substring(KEY_PREFIX.length());
            if (!address.equals(FleetSubjects.ALL)) {
                latches.put(RobotId.of(address), read(bucket, address).latch());
            }
        }
        return Map.copyOf(latches);
    }

    @Override
    public Subscription watch(Consumer<Change> handler) {
        Delivery<Change> delivery = Delivery.start(broker.options().name() + "-estop", HELD_CHANGES, handler);
        StreamFollower follower = StreamFollower.start(
                broker.connection(),
                broker.stream(FleetBucket.FLEET_CONFIG),
                List.of("$KV." + broker.bucketName(FleetBucket.FLEET_CONFIG) + "." + KEY_PREFIX + "*"),
                DeliverPolicy.New,
                message -> delivery.offer(change(message)));
        return new FollowedDelivery(follower, delivery);
    }

    private Change change(Message message) {
        String subject = message.getSubject();
        String address = subject.substring(subject.lastIndexOf('.') + 1);
        Optional<RobotId> robot =
                address.equals(FleetSubjects.ALL) ? Optional.empty() : Optional.of(RobotId.of(address));
        return new Change(robot, broker.json().decode(message.getData(), StopLatch.class));
    }

    /**
     * Latches first, which gives the revision, then signals. When the latch cannot be stored a stop is signalled all the same:
     * the robot stops now and the caller learns that it may not last.
     */
    private StopLatch set(String address, boolean stopped, String reason, String requestedBy) {
        StopLatch latch;
        try {
            latch = store(address, stopped, reason, requestedBy);
        } catch (FleetException e) {
            if (stopped) {
                signal(address, latch(1, true, reason, requestedBy));
            }
            throw new UnknownOutcomeException("the emergency stop latch of " + address + " was not confirmed", e);
        }
        signal(address, latch);
        return latch;
    }

    private StopLatch store(String address, boolean stopped, String reason, String requestedBy) {
        KeyValue bucket = broker.bucket(FleetBucket.FLEET_CONFIG);
        for (int attempt = 1; ; attempt++) {
            Held held = read(bucket, address);
            StopLatch next = latch(held.latch().revision() + 1, stopped, reason, requestedBy);
            try {
                bucket.update(KEY_PREFIX + address, broker.json().encode(next), held.keyRevision());
                return next;
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                FleetException failure = BrokerErrors.classified("latch the emergency stop of " + address, e);
                if (!(failure instanceof ConflictException) || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private StopLatch latch(long revision, boolean stopped, String reason, String requestedBy) {
        // The signal's time travels in milliseconds: the latch and its signal name the same moment.
        Instant now = broker.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return new StopLatch(stopped, revision, reason, requestedBy, now);
    }

    private void signal(String address, StopLatch latch) {
        Command command = new Command(
                UUID.randomUUID(),
                latch.stopped() ? CommandTypes.EMERGENCY_STOP : CommandTypes.EMERGENCY_STOP_RELEASE,
                JsonObject.of("revision", latch.revision(), "reason", latch.reason()),
                Priority.CRITICAL,
                Optional.empty(),
                Optional.of(latch.requestedBy()));
        Envelope<Command> envelope =
                Envelope.of(MessageType.COMMAND, address, latch.at(), command).withCorrelationId(command.commandId());
        String subject = address.equals(FleetSubjects.ALL)
                ? FleetSubjects.emergencyStopOfAll()
                : FleetSubjects.emergencyStop(RobotId.of(address));
        broker.publish(subject, envelope, PublishOptions.builder());
    }

    private Held read(KeyValue bucket, String address) {
        try {
            KeyValueEntry entry = bucket.get(KEY_PREFIX + address);
            byte[] value = entry == null ? null : entry.getValue();
            return entry == null || value == null
                    ? new Held(StopLatch.never(), 0)
                    : new Held(broker.json().decode(value, StopLatch.class), entry.getRevision());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw BrokerErrors.classified("read the emergency stop latch of " + address, e);
        }
    }

    private static List<String> keys(KeyValue bucket) {
        try {
            return bucket.keys(KEY_PREFIX + "*");
        } catch (IOException | JetStreamApiException | InterruptedException | IllegalStateException e) {
            throw BrokerErrors.classified("list the emergency stop latches", e);
        }
    }

    private record Held(StopLatch latch, long keyRevision) {}
}
