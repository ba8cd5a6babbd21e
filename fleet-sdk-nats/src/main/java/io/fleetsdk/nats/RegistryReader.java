package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.nats.internal.StreamFollower;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotMetadata;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the table from the broker: profiles, heartbeats, metadata; and marks those who fall silent. Starts on first need. */
final class RegistryReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RegistryReader.class);
    private static final long SILENCE_CHECK_MILLIS = 250;

    private final Broker broker;
    private final RobotTable table;
    private final EnvelopeReader envelopes;
    private final List<StreamFollower> followers = new ArrayList<>();
    private volatile Instant listeningSince = Instant.EPOCH;

    RegistryReader(Broker broker, RobotTable table) {
        this.broker = broker;
        this.table = table;
        this.envelopes = new EnvelopeReader(broker);
    }

    synchronized void ensureReading() {
        if (!followers.isEmpty()) {
            return;
        }
        List<StreamFollower> started = new ArrayList<>();
        try {
            started.add(follow(broker.stream(FleetBucket.ROBOTS), List.of(keys(FleetBucket.ROBOTS)), this::metadata));
            started.add(follow(
                    broker.stream(FleetStream.ROBOT_PROFILES),
                    List.of(FleetSubjects.allIdentities(), FleetSubjects.allCapabilities()),
                    this::profile));
            started.add(follow(
                    broker.stream(FleetBucket.ROBOT_STATE), List.of(keys(FleetBucket.ROBOT_STATE)), this::status));
            started.forEach(StreamFollower::awaitCaughtUp);
        } catch (RuntimeException e) {
            started.forEach(StreamFollower::close);
            throw e;
        }
        followers.addAll(started);
        broker.ticker()
                .scheduleWithFixedDelay(
                        this::markSilent, SILENCE_CHECK_MILLIS, SILENCE_CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private StreamFollower follow(String stream, List<String> subjects, Consumer<Message> handler) {
        return StreamFollower.start(broker.connection(), stream, subjects, DeliverPolicy.LastPerSubject, handler);
    }

    private String keys(FleetBucket bucket) {
        return "$KV." + broker.bucketName(bucket) + ".*";
    }

    private void profile(Message message) {
        if (FleetSubjects.isIdentity(message.getSubject())) {
            envelopes
                    .read(MessageType.IDENTITY, message)
                    .ifPresent(envelope -> table.identity(envelope.robotId(), received(envelope, message)));
        } else {
            envelopes
                    .read(MessageType.CAPABILITY, message)
                    .ifPresent(envelope -> table.capability(envelope.robotId(), received(envelope, message)));
        }
    }

    private void status(Message message) {
        if (message.getData().length == 0) {
            return;
        }
        String sentOn = FleetSubjects.statusUnderKey(key(message));
        envelopes
                .read(MessageType.STATUS, sentOn, message)
                .ifPresent(envelope -> table.status(
                        envelope.robotId(),
                        received(envelope, message),
                        broker.clock().instant()));
    }

    private void metadata(Message message) {
        if (message.getData().length == 0) {
            return;
        }
        try {
            RobotMetadata metadata = broker.json().decode(message.getData(), RobotMetadata.class);
            long revision = message.metaData().streamSequence();
            table.metadata(RobotId.of(key(message)), metadata.withRevision(revision));
        } catch (InvalidInputException e) {
            log.error("Metadata under {} cannot be read", message.getSubject(), e);
        }
    }

    private static String key(Message message) {
        String subject = message.getSubject();
        return subject.substring(subject.lastIndexOf('.') + 1);
    }

    private static <T> Received<T> received(Envelope<T> envelope, Message message) {
        return new Received<>(
                envelope.payload(),
                envelope.sentAt(),
                message.metaData().timestamp().toInstant());
    }

    /** While the broker is away nobody's silence counts. */
    private void markSilent() {
        Instant now = broker.clock().instant();
        if (!broker.isConnected()) {
            listeningSince = now;
            return;
        }
        table.markSilent(now, listeningSince);
    }

    @Override
    public synchronized void close() {
        followers.forEach(StreamFollower::close);
    }
}
