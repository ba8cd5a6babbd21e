package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;

/** Turns the times of a queue's schedules into jobs, beside a worker of that queue. Only one of all workers handles each time. */
final class ScheduleTicks implements Subscription {
    /** Starts to take ticks. */
    static ScheduleTicks start(JobParts parts, String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
