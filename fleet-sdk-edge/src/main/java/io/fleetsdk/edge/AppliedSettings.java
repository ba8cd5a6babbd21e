package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import java.util.Map;

/**
 * What a restart has to know of the settings.
 *
 * @param revision the newest desired revision dealt with
 * @param document what was given to the driver, and is given to it again
 * @param refused what was not given to it, and why, by JSON pointer
 */
record AppliedSettings(long revision, JsonObject document, Map<String, String> refused) {
    static AppliedSettings none() {
        return new AppliedSettings(0, JsonObject.empty(), Map.of());
    }
}
