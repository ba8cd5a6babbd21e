package io.fleetsdk.settings;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.Map;

/**
 * What a robot is set to, in its own words.
 *
 * @param appliedRevision the desired revision it has dealt with; 0 before any
 * @param settings the whole document as applied
 * @param errors why it refused a desired value, by JSON pointer
 */
public record ReportedSettings(long appliedRevision, JsonObject settings, Map<String, String> errors) {
    public ReportedSettings {
        Require.within("appliedRevision", appliedRevision, 0, Long.MAX_VALUE);
        settings = Require.present("settings", settings);
        errors = Require.map("errors", errors);
    }
}
