package io.fleetsdk.nats;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.nats.internal.Delivery;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.MetadataUpdate;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotChange;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotMetadata;
import io.fleetsdk.robot.RobotRegistry;
import io.fleetsdk.telemetry.Overflow;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.PublishOptions;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The registry: a local table that follows the broker; metadata is written to the bucket ROBOTS under its revision. */
final class JetStreamRobotRegistry implements RobotRegistry, AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final Overflow HELD_CHANGES = Overflow.dropOldest(100_000);
    private static final Duration IDENTIFY_WITHIN = Duration.ofSeconds(30);

    private final Broker broker;
    private final StoredEnvelopes profiles;
    private final List<Delivery<RobotChange>> watchers = new CopyOnWriteArrayList<>();
    private final RobotTable table = new RobotTable(this::announce);
    private final RegistryReader reader;

    JetStreamRobotRegistry(Broker broker) {
        this.broker = broker;
        this.profiles = new StoredEnvelopes(broker, broker.stream(FleetStream.ROBOT_PROFILES));
        this.reader = new RegistryReader(broker, table);
    }

    @Override
    public List<Robot> list() {
        reader.ensureReading();
        return table.all();
    }

    @Override
    public Optional<Robot> find(RobotId robot) {
        reader.ensureReading();
        return table.find(robot);
    }

    @Override
    public Robot update(RobotId robot, MetadataUpdate update) {
        reader.ensureReading();
        RobotMetadata stored = write(robot, current -> checked(robot, update, current));
        table.metadata(robot, stored);
        return table.find(robot).orElseThrow();
    }

    private static RobotMetadata checked(RobotId robot, MetadataUpdate update, RobotMetadata current) {
        update.ifRevision().ifPresent(expected -> {
            if (expected != current.revision()) {
                throw new ConflictException("metadata of " + robot, expected, current.revision());
            }
        });
        return update.appliedTo(current);
    }

    /** Records that the fleet has heard of a robot, unless that is recorded. */
    void recordFirstSeen(RobotId robot) {
        write(
                robot,
                current -> current.firstSeenAt().isPresent()
                        ? current
                        : current.withFirstSeenAt(broker.clock().instant()));
    }

    /** Writes under the key's revision; begins again with what somebody else has written meanwhile. */
    private RobotMetadata write(RobotId robot, UnaryOperator<RobotMetadata> change) {
        KeyValue bucket = broker.bucket(FleetBucket.ROBOTS);
        for (int attempt = 1; ; attempt++) {
            try {
                RobotMetadata current = read(bucket, robot);
                RobotMetadata next = change.apply(current);
                if (next.equals(current)) {
                    return current;
                }
                long revision =
                        bucket.update(robot.value(), broker.json().encode(next.withRevision(0)), current.revision());
                return next.withRevision(revision);
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                FleetException failure = BrokerErrors.classified("write metadata of " + robot, e);
                if (!(failure instanceof ConflictException) || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private RobotMetadata read(KeyValue bucket, RobotId robot) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(robot.value());
        byte[] value = entry == null ? null : entry.getValue();
        return entry == null || value == null
                ? RobotMetadata.none()
                : broker.json().decode(value, RobotMetadata.class).withRevision(entry.getRevision());
    }

    @Override
    public List<Received<RobotIdentity>> identityHistory(RobotId robot) {
        return profiles.history(MessageType.IDENTITY, FleetSubjects.identity(robot));
    }

    @Override
    public List<Received<RobotCapability>> capabilityHistory(RobotId robot) {
        return profiles.history(MessageType.CAPABILITY, FleetSubjects.capability(robot));
    }

    @Override
    public Subscription watch(Consumer<RobotChange> handler) {
        reader.ensureReading();
        Delivery<RobotChange> delivery = Delivery.start(broker.options().name() + "-robots", HELD_CHANGES, handler);
        watchers.add(delivery);
        return new Subscription() {
            @Override
            public long dropped() {
                return delivery.dropped();
            }

            @Override
            public void close() {
                watchers.remove(delivery);
                delivery.close();
            }
        };
    }

    @Override
    public Subscription discover() {
        reader.ensureReading();
        return Discovery.start(this, broker.ticker(), broker.clock());
    }

    @Override
    public void requestIdentification(RobotId robot) {
        Command identify = CommandRequest.of(CommandTypes.IDENTIFY)
                .withTimeToLive(IDENTIFY_WITHIN)
                .requestedBy(broker.options().name())
                .sentAt(broker.clock().instant());
        Envelope<Command> envelope = Envelope.of(
                        MessageType.COMMAND, robot.value(), broker.clock().instant(), identify)
                .withCorrelationId(identify.commandId());
        broker.publish(
                FleetSubjects.command(robot), envelope, PublishOptions.builder().messageTtlSeconds((int)
                        IDENTIFY_WITHIN.toSeconds()));
    }

    private void announce(RobotChange change) {
        watchers.forEach(watcher -> watcher.offer(change));
    }

    @Override
    public void close() {
        watchers.forEach(Delivery::close);
        reader.close();
    }
}
