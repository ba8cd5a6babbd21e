package io.fleetsdk.settings;

import io.fleetsdk.Subscription;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.RobotId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Settings of robots. The backend desires, the robot reports, nobody edits the other's document. A robot that was away gets
 * only the newest desired revision. Thread-safe.
 */
public interface SettingsClient {
    DesiredSettings desired(RobotId robot);

    /** Up to 20 desired revisions, newest first. */
    List<Received<DesiredSettings>> desiredHistory(RobotId robot);

    Optional<Received<ReportedSettings>> reported(RobotId robot);

    SettingsDelta delta(RobotId robot);

    /**
     * Replaces the whole desired document. A document equal to the current one changes nothing and keeps the revision.
     *
     * @param requestedBy who asks, for the record
     * @return what is desired now
     * @throws io.fleetsdk.ConflictException if the guard's revision is not current; nothing changed
     */
    DesiredSettings replace(RobotId robot, JsonObject settings, SettingsGuard guard, String requestedBy);

    /** Applies a merge patch (RFC 7396) to the desired document; else as {@link #replace}. */
    DesiredSettings patch(RobotId robot, JsonObject mergePatch, SettingsGuard guard, String requestedBy);

    /** Calls the handler for every change of any robot from now on, one call at a time. */
    Subscription watch(Consumer<SettingsChange> handler);
}
