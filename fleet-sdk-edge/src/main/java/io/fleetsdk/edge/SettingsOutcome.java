package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a desired document.
 *
 * @param settings the robot's whole settings as they are now, its defaults included
 * @param errors why a desired value was not applied, by JSON pointer such as {@code /navigation/maxSpeed}
 */
public record SettingsOutcome(JsonObject settings, Map<String, String> errors) {
    public SettingsOutcome {
        errors = Map.copyOf(errors);
    }

    /** All of it is applied. */
    public static SettingsOutcome applied(JsonObject settings) {
        return new SettingsOutcome(settings, Map.of());
    }

    /** A copy that also names a value that was not applied. */
    public SettingsOutcome withError(String pointer, String reason) {
        Map<String, String> more = new LinkedHashMap<>(errors);
        more.put(pointer, reason);
        return new SettingsOutcome(settings, more);
    }
}
