package io.fleetsdk.link;

import io.fleetsdk.envelope.MessageType;

/** The robot's message counters: one per type, strictly increasing, also across restarts. Thread-safe. */
@FunctionalInterface
public interface Sequence {
    long next(MessageType<?> type);
}
