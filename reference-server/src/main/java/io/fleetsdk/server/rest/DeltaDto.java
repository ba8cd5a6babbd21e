package io.fleetsdk.server.rest;

import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.SettingsDelta;
import java.util.List;

/** Where desired and reported settings differ. */
public record DeltaDto(
        String robotId,
        SettingsDelta.State state,
        long desiredRevision,
        long appliedRevision,
        List<SettingsDelta.Entry> entries) {
    public static DeltaDto of(RobotId robot, SettingsDelta delta) {
        return new DeltaDto(
                robot.value(), delta.state(), delta.desiredRevision(), delta.appliedRevision(), delta.entries());
    }
}
