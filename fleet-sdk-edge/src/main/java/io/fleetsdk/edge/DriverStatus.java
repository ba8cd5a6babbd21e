package io.fleetsdk.edge;

import io.fleetsdk.internal.Require;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotState;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a robot is, as its driver sees it; the agent adds the rest of a heartbeat.
 *
 * @param mode who drives
 * @param state what it does; the agent says STOPPED instead while an emergency stop is latched
 * @param battery charge in percent, 0 to 100
 * @param charging whether it takes up charge
 * @param errors what is wrong
 * @param models the active model version by model name
 */
public record DriverStatus(
        OperatingMode mode,
        RobotState state,
        OptionalDouble battery,
        boolean charging,
        List<RobotError> errors,
        Map<String, String> models) {
    public DriverStatus {
        battery = Require.within("battery", battery, 0, 100);
        errors = List.copyOf(errors);
        models = Map.copyOf(models);
    }

    /** In automatic mode, without a battery, errors or models. */
    public static DriverStatus of(RobotState state) {
        return new DriverStatus(OperatingMode.AUTOMATIC, state, OptionalDouble.empty(), false, List.of(), Map.of());
    }

    public DriverStatus withMode(OperatingMode who) {
        return new DriverStatus(who, state, battery, charging, errors, models);
    }

    /** On battery. */
    public DriverStatus discharging(double percent) {
        return new DriverStatus(mode, state, OptionalDouble.of(percent), false, errors, models);
    }

    /** Taking up charge. */
    public DriverStatus charging(double percent) {
        return new DriverStatus(mode, state, OptionalDouble.of(percent), true, errors, models);
    }

    public DriverStatus withErrors(List<RobotError> all) {
        return new DriverStatus(mode, state, battery, charging, all, models);
    }

    public DriverStatus withModels(Map<String, String> versions) {
        return new DriverStatus(mode, state, battery, charging, errors, versions);
    }
}
