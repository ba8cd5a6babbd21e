package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;

/**
 * How far a job is, as its handler reported it.
 *
 * @param fraction 0 to 1
 * @param message for people, may be empty; at most 1,000 characters
 * @param detail whatever else helps, such as where the next attempt can go on
 */
public record JobProgress(double fraction, String message, JsonObject detail) {
    private static final JobProgress NONE = new JobProgress(0, "", JsonObject.empty());

    public JobProgress {
        fraction = Require.within("fraction", fraction, 0, 1);
        message = Require.text("message", message, 1_000);
        detail = detail == null ? JsonObject.empty() : detail;
    }

    public static JobProgress none() {
        return NONE;
    }
}
