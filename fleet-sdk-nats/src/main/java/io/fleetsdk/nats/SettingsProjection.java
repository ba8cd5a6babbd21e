package io.fleetsdk.nats;

import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsChange;
import io.nats.client.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The newest desired and reported settings of each robot, to pair each change with the other side. */
final class SettingsProjection {
    private final EnvelopeReader envelopes;
    private final Consumer<SettingsChange> changes;
    private final Map<RobotId, DesiredSettings> desired = new HashMap<>();
    private final Map<RobotId, ReportedSettings> reported = new HashMap<>();
    private boolean announcing;

    SettingsProjection(EnvelopeReader envelopes, Consumer<SettingsChange> changes) {
        this.envelopes = envelopes;
        this.changes = changes;
    }

    /** Until then changes are only remembered. */
    synchronized void announceFromNowOn() {
        announcing = true;
    }

    synchronized void take(Message message) {
        if (FleetSubjects.isDesired(message.getSubject())) {
            envelopes.read(MessageType.SETTINGS_DESIRED, message).ifPresent(envelope -> {
                desired.put(envelope.robotId(), envelope.payload());
                announce(envelope.robotId());
            });
        } else {
            envelopes.read(MessageType.SETTINGS_REPORTED, message).ifPresent(envelope -> {
                reported.put(envelope.robotId(), envelope.payload());
                announce(envelope.robotId());
            });
        }
    }

    private void announce(RobotId robot) {
        if (announcing) {
            changes.accept(new SettingsChange(
                    robot,
                    desired.getOrDefault(robot, DesiredSettings.none()),
                    Optional.ofNullable(reported.get(robot))));
        }
    }
}
