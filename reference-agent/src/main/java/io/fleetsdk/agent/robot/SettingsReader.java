package io.fleetsdk.agent.robot;

import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonDifference;
import io.fleetsdk.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads a desired document whose members are numbers, and collects what is wrong with it. A member that is not desired has
 * its default; a value that is refused leaves the one before in force. Not thread-safe.
 */
public final class SettingsReader {
    private final JsonObject desired;
    private final Map<String, String> errors = new LinkedHashMap<>();

    public SettingsReader(JsonObject desired) {
        this.desired = desired;
    }

    /** What shall apply for a member: a number from min to max, both inclusive. */
    public double number(String name, double min, double max, double byDefault, double now) {
        if (desired.get(name).isEmpty()) {
            return byDefault;
        }
        OptionalDouble number = desired.number(name);
        if (number.isPresent() && number.getAsDouble() >= min && number.getAsDouble() <= max) {
            return number.getAsDouble();
        }
        errors.put("/" + name, "must be a number from " + min + " to " + max);
        return now;
    }

    /** What to tell, given the settings as they are now: they name every member the robot has. */
    public SettingsOutcome outcome(JsonObject settings) {
        for (JsonDifference difference : settings.differences(desired)) {
            if (difference.left().isEmpty()) {
                errors.put(difference.pointer(), "is not a setting of this robot");
            }
        }
        return new SettingsOutcome(settings, errors);
    }
}
