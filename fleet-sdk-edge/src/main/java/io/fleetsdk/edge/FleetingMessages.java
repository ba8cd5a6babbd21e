package io.fleetsdk.edge;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** Messages that are worth nothing later, telemetry and heartbeats: what cannot be sent is dropped and counted. */
final class FleetingMessages {
    private final LongAdder stored = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** Counts what becomes of a message. */
    void watch(CompletableFuture<Void> publication) {
        publication.whenComplete((done, failure) -> (failure == null ? stored : dropped).increment());
    }

    long stored() {
        return stored.sum();
    }

    long dropped() {
        return dropped.sum();
    }
}
