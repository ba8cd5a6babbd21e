package io.fleetsdk.tck;

import java.util.Set;

/**
 * A robot's word on a command.
 *
 * @param state as written, known or not
 */
record Ack(String state, Heard heard) {
    static final Set<String> FIRST = Set.of("ACCEPTED", "REJECTED", "EXPIRED");
    static final Set<String> FINAL = Set.of("REJECTED", "COMPLETED", "FAILED", "CANCELLED", "EXPIRED");
    static final String NONE = "no answer";

    boolean isEnd() {
        return FINAL.contains(state);
    }

    /** Words only a robot says that carries the command out. */
    boolean isWork() {
        return Set.of("ACCEPTED", "RUNNING").contains(state);
    }
}
