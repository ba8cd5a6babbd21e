package io.fleetsdk.command;

import java.time.Instant;

/**
 * The state of an emergency stop, of one robot or of all.
 *
 * @param stopped whether it holds
 * @param revision rises with every stop and release; a release counts only against stops of lower revision
 * @param reason of the stop or the release
 * @param requestedBy who
 * @param at when
 */
public record StopLatch(boolean stopped, long revision, String reason, String requestedBy, Instant at) {
    /** Never stopped. */
    public static StopLatch never() {
        return new StopLatch(false, 0, "", "", Instant.EPOCH);
    }
}
