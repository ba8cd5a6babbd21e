package io.fleetsdk.settings;

import io.fleetsdk.robot.RobotId;
import java.util.Optional;

/** Desired or reported settings of a robot have changed; both as they are now. */
public record SettingsChange(RobotId robotId, DesiredSettings desired, Optional<ReportedSettings> reported) {
    public SettingsDelta delta() {
        return SettingsDelta.between(desired, reported);
    }
}
