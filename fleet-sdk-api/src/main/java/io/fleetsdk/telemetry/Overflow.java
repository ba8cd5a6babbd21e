package io.fleetsdk.telemetry;

import io.fleetsdk.internal.Require;

/**
 * What happens to live telemetry that arrives faster than its handler takes it.
 *
 * @param policy what to do
 * @param capacity messages held for the handler, 1 to 1,000,000
 */
public record Overflow(Policy policy, int capacity) {
    /** What to do when the buffer is full. */
    public enum Policy {
        /** Discard the oldest held message: the handler sees the newest, with gaps. */
        DROP_OLDEST,
        /** Discard the arriving message. */
        DROP_NEWEST,
        /** Stop fetching until there is room: nothing is lost while the stream keeps it. */
        WAIT
    }

    public Overflow {
        Require.present("policy", policy);
        Require.within("capacity", capacity, 1, 1_000_000);
    }

    public static Overflow dropOldest(int capacity) {
        return new Overflow(Policy.DROP_OLDEST, capacity);
    }

    public static Overflow dropNewest(int capacity) {
        return new Overflow(Policy.DROP_NEWEST, capacity);
    }

    public static Overflow waitForRoom(int capacity) {
        return new Overflow(Policy.WAIT, capacity);
    }
}
