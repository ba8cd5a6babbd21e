package io.fleetsdk.model;

import io.fleetsdk.internal.Require;
import java.time.Instant;

/**
 * That a version is no longer to be used.
 *
 * @param by who said so, a label
 * @param reason a label
 */
public record Retirement(Instant at, String by, String reason) {
    public Retirement {
        at = Require.present("at", at);
        by = Require.label("by", by);
        reason = Require.label("reason", reason);
    }
}
