package io.fleetsdk.settings;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a robot should be set to.
 *
 * @param revision 1 for the first, one more with each change; 0 when nothing was ever desired
 * @param settings the whole document
 * @param changedAt when each leaf was last set, by JSON pointer
 * @param requestedBy who asked for the last change
 */
public record DesiredSettings(
        long revision, JsonObject settings, Map<String, Instant> changedAt, Optional<String> requestedBy) {
    public DesiredSettings {
        Require.within("revision", revision, 0, Long.MAX_VALUE);
        settings = Require.present("settings", settings);
        changedAt = Require.map("changedAt", changedAt);
        requestedBy = Require.orEmpty(requestedBy);
    }

    /** Of a robot nobody has asked anything of. */
    public static DesiredSettings none() {
        return new DesiredSettings(0, JsonObject.empty(), Map.of(), Optional.empty());
    }
}
