package io.fleetsdk.nats;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Subscription;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.internal.Delivery;
import io.fleetsdk.nats.internal.FollowedDelivery;
import io.fleetsdk.nats.internal.StreamFollower;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsChange;
import io.fleetsdk.settings.SettingsClient;
import io.fleetsdk.settings.SettingsDelta;
import io.fleetsdk.settings.SettingsGuard;
import io.fleetsdk.telemetry.Overflow;
import io.nats.client.PublishOptions;
import io.nats.client.api.DeliverPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Settings in the stream: the last message of a subject is the document, its sequence guards the next. */
final class JetStreamSettings implements SettingsClient {
    private static final int ATTEMPTS = 10;
    private static final Overflow HELD_CHANGES = Overflow.dropOldest(10_000);

    private final Broker broker;
    private final StoredEnvelopes stored;
    private final String stream;

    JetStreamSettings(Broker broker) {
        this.broker = broker;
        this.stream = broker.stream(FleetStream.ROBOT_SETTINGS);
        this.stored = new StoredEnvelopes(broker, stream);
    }

    @Override
    public DesiredSettings desired(RobotId robot) {
        return lastDesired(robot).map(StoredEnvelopes.Stored::payload).orElse(DesiredSettings.none());
    }

    @Override
    public List<Received<DesiredSettings>> desiredHistory(RobotId robot) {
        return stored.history(MessageType.SETTINGS_DESIRED, FleetSubjects.settingsDesired(robot));
    }

    @Override
    public Optional<Received<ReportedSettings>> reported(RobotId robot) {
        return stored.last(MessageType.SETTINGS_REPORTED, FleetSubjects.settingsReported(robot))
                .map(StoredEnvelopes.Stored::received);
    }

    @Override
    public SettingsDelta delta(RobotId robot) {
        return SettingsDelta.between(desired(robot), reported(robot).map(Received::value));
    }

    @Override
    public DesiredSettings replace(RobotId robot, JsonObject settings, SettingsGuard guard, String requestedBy) {
        return change(robot, current -> settings, guard, requestedBy);
    }

    @Override
    public DesiredSettings patch(RobotId robot, JsonObject mergePatch, SettingsGuard guard, String requestedBy) {
        return change(robot, current -> current.mergePatch(mergePatch), guard, requestedBy);
    }

    /** Reads, changes and writes guarded by the broker; when somebody else was first, begins again if the guard allows. */
    private DesiredSettings change(
            RobotId robot, UnaryOperator<JsonObject> change, SettingsGuard guard, String requestedBy) {
        for (int attempt = 1; ; attempt++) {
            Optional<StoredEnvelopes.Stored<DesiredSettings>> last = lastDesired(robot);
            DesiredSettings current = last.map(StoredEnvelopes.Stored::payload).orElse(DesiredSettings.none());
            checkGuard(robot, guard, current);
            JsonObject wanted = change.apply(current.settings());
            if (current.revision() > 0 && wanted.equals(current.settings())) {
                return current;
            }
            DesiredSettings next = next(current, revisionAfter(robot, current), wanted, requestedBy);
            try {
                publish(robot, next, last.map(StoredEnvelopes.Stored::sequence).orElse(0L));
                return next;
            } catch (ConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void checkGuard(RobotId robot, SettingsGuard guard, DesiredSettings current) {
        guard.revision().ifPresent(expected -> {
            if (expected != current.revision()) {
                throw new ConflictException("desired settings of " + robot, expected, current.revision());
            }
        });
    }

    /** Where desired settings were lost with the broker's storage, a robot still remembers how far they had come. */
    private long revisionAfter(RobotId robot, DesiredSettings current) {
        long known = current.revision() > 0
                ? current.revision()
                : reported(robot)
                        .map(report -> report.value().appliedRevision())
                        .orElse(0L);
        return known + 1;
    }

    private DesiredSettings next(DesiredSettings current, long revision, JsonObject wanted, String requestedBy) {
        Instant now = broker.clock().instant();
        Map<String, Instant> changedAt = new HashMap<>(current.changedAt());
        current.settings()
                .differences(wanted)
                .forEach(difference -> difference
                        .right()
                        .ifPresentOrElse(
                                value -> changedAt.put(difference.pointer(), now),
                                () -> changedAt.remove(difference.pointer())));
        return new DesiredSettings(revision, wanted, changedAt, Optional.of(requestedBy));
    }

    private void publish(RobotId robot, DesiredSettings desired, long lastSequence) {
        Envelope<DesiredSettings> envelope = Envelope.of(
                MessageType.SETTINGS_DESIRED, robot.value(), broker.clock().instant(), desired);
        broker.publish(
                FleetSubjects.settingsDesired(robot),
                envelope,
                PublishOptions.builder().expectedLastSubjectSequence(lastSequence));
    }

    @Override
    public Subscription watch(Consumer<SettingsChange> handler) {
        Delivery<SettingsChange> delivery =
                Delivery.start(broker.options().name() + "-settings", HELD_CHANGES, handler);
        SettingsProjection projection = new SettingsProjection(new EnvelopeReader(broker), delivery::offer);
        StreamFollower follower = StreamFollower.start(
                        broker.connection(),
                        stream,
                        List.of(FleetSubjects.allSettings()),
                        DeliverPolicy.LastPerSubject,
                        projection::take)
                .awaitCaughtUp();
        projection.announceFromNowOn();
        return new FollowedDelivery(follower, delivery);
    }

    private Optional<StoredEnvelopes.Stored<DesiredSettings>> lastDesired(RobotId robot) {
        return stored.last(MessageType.SETTINGS_DESIRED, FleetSubjects.settingsDesired(robot));
    }
}
