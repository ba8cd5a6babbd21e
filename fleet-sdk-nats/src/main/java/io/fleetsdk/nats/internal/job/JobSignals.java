package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.WorkerState;
import java.util.function.Consumer;

/** What the workers of a queue hear at once, over core NATS; whoever misses one learns it with the next heartbeat. */
final class JobSignals {
    /** Something that workers should know. */
    sealed interface Signal {}

    /** Somebody asked to cancel the job; its record, at this revision, says so. */
    record Cancel(JobId id, long revision) implements Signal {}

    /** A worker is to be in this state. */
    record Order(String worker, WorkerState state) implements Signal {}

    /** The queue's limits, its pause or its lanes have changed: look again. */
    record Changed() implements Signal {}

    void send(String queue, Signal signal) {
        throw new UnsupportedOperationException();
    }

    /** Calls on a thread of its own; a signal that cannot be read is logged. */
    Subscription receive(String queue, Consumer<Signal> handler) {
        throw new UnsupportedOperationException();
    }
}
