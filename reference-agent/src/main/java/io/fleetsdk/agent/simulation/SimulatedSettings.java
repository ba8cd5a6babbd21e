package io.fleetsdk.agent.simulation;

import io.fleetsdk.agent.robot.SettingsReader;
import io.fleetsdk.json.JsonObject;

/**
 * What a simulated robot can be set to.
 *
 * @param maxSpeed m/s, 0.1 to the drive's top speed; default the top speed
 * @param batteryLow percent at which it goes to charge, 5 to 90; default 20
 */
record SimulatedSettings(double maxSpeed, double batteryLow) {
    private static final String MAX_SPEED = "maxSpeed";
    private static final String BATTERY_LOW = "batteryLow";

    static SimulatedSettings defaults(DriveLimits limits) {
        return new SimulatedSettings(limits.topSpeed(), 20);
    }

    /** What shall apply after these, by the desired document. */
    SimulatedSettings next(SettingsReader desired, DriveLimits limits) {
        SimulatedSettings defaults = defaults(limits);
        return new SimulatedSettings(
                desired.number(MAX_SPEED, 0.1, limits.topSpeed(), defaults.maxSpeed, maxSpeed),
                desired.number(BATTERY_LOW, 5, 90, defaults.batteryLow, batteryLow));
    }

    JsonObject toJson() {
        return JsonObject.of(MAX_SPEED, maxSpeed, BATTERY_LOW, batteryLow);
    }
}
