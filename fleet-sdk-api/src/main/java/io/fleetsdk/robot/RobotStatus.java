package io.fleetsdk.robot;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A heartbeat: how a robot is.
 *
 * @param presence ONLINE, or with the last heartbeat before silence OFFLINE or HIBERNATING
 * @param mode who drives
 * @param state what it does
 * @param battery charge in percent, 0 to 100
 * @param charging whether it takes up charge
 * @param emergencyStop whether a stop is latched
 * @param activeCommand the command being carried out
 * @param firmwareVersion what runs on it
 * @param heartbeatSeconds how often it says so, 0.1 to 3600 s; silence of twice this long means the connection is broken
 * @param errors what is wrong
 * @param models the active model version by model name
 */
public record RobotStatus(
        Presence presence,
        OperatingMode mode,
        RobotState state,
        OptionalDouble battery,
        boolean charging,
        boolean emergencyStop,
        Optional<UUID> activeCommand,
        String firmwareVersion,
        double heartbeatSeconds,
        List<RobotError> errors,
        Map<String, String> models) {
    public RobotStatus {
        presence = Require.present("presence", presence);
        if (presence == Presence.CONNECTION_BROKEN) {
            throw new InvalidInputException("presence", presence, "must be a presence a robot can say of itself");
        }
        mode = Require.present("mode", mode);
        state = Require.present("state", state);
        battery = Require.within("battery", battery, 0, 100);
        activeCommand = Require.orEmpty(activeCommand);
        firmwareVersion = Require.label("firmwareVersion", firmwareVersion);
        Require.within("heartbeatSeconds", heartbeatSeconds, 0.1, 3600);
        errors = Require.list("errors", errors);
        models = Require.map("models", models);
    }
}
