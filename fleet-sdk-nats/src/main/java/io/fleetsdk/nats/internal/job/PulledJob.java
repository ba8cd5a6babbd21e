package io.fleetsdk.nats.internal.job;

import io.nats.client.Message;

/**
 * A ready job's message as a worker got it.
 *
 * @param permitted whether the queue's limits have been asked for it already
 * @param pulledAt {@link System#nanoTime} of its arrival
 */
record PulledJob(Message message, boolean permitted, long pulledAt) {
    /** Whether nobody has had it before, as far as the broker remembers. */
    boolean isFirstDelivery() {
        return message.metaData().deliveredCount() == 1;
    }
}
