package io.fleetsdk.nats.internal.job;

import io.nats.client.impl.NatsMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A {@link FastBatch} or an {@link AtomicBatch}, whichever is quicker on this broker: the fast one as a rule, and by far the atomic one
 * where the broker waits for the disk after each message. A client cannot see which it is, so both are tried at first, and the slower
 * one again from time to time. Thread-safe.
 */
final class QuickerBatch {
    /** Fewer messages do not tell what one takes; they go as a fast batch. */
    private static final int TELLING = 16;
    /** Messages in a try of the slower one: should each wait for the disk, these take some 10 ms. */
    private static final int MOST_IN_A_TRY = 64;

    /** Slower than any that is stored: a stream may not take fast batches. */
    private static final double FAILED = TimeUnit.SECONDS.toNanos(10);

    private static final int TRIES_AT_FIRST = 8;
    private static final int BETWEEN_TRIES = 64;

    private final Way fast;
    private final Way atomic;
    private int turns;

    QuickerBatch(FastBatch fast, AtomicBatch atomic) {
        this.fast = new Way(fast::publish);
        this.atomic = new Way(messages -> atomic.publish(messages).thenApply(first -> messages.size()));
    }

    /**
     * A batch that may be sent now.
     *
     * @param most messages that it is to have at most
     */
    record Turn(Way way, int most) {}

    /** Chooses for so many messages. */
    synchronized Turn next(int waiting) {
        if (waiting < TELLING) {
            return new Turn(fast.pace() < FAILED ? fast : atomic, waiting);
        }
        turns++;
        if (turns <= TRIES_AT_FIRST) {
            return new Turn(turns % 2 == 0 ? atomic : fast, MOST_IN_A_TRY);
        }
        Way quicker = fast.pace() <= atomic.pace() ? fast : atomic;
        return turns % BETWEEN_TRIES == 0
                ? new Turn(quicker == fast ? atomic : fast, MOST_IN_A_TRY)
                : new Turn(quicker, FastBatch.MOST);
    }

    /** One kind of batch, and how quick it has been of late. */
    static final class Way {
        private final Function<List<NatsMessage>, CompletableFuture<Integer>> batch;
        private double nanosEach;

        private Way(Function<List<NatsMessage>, CompletableFuture<Integer>> batch) {
            this.batch = batch;
        }

        /** Sends the messages; what it completes with is {@link FastBatch#publish}'s. */
        CompletableFuture<Integer> publish(List<NatsMessage> messages) {
            long begun = System.nanoTime();
            return batch.apply(messages).whenComplete((stored, failure) -> {
                if (failure != null && UntilStored.isPassing(failure)) {
                    learn(FAILED);
                } else if (failure == null && stored >= TELLING) {
                    learn((double) (System.nanoTime() - begun) / stored);
                }
            });
        }

        synchronized double pace() {
            return nanosEach;
        }

        private synchronized void learn(double latest) {
            boolean isFirst = nanosEach == 0;
            boolean eitherFailed = Math.max(nanosEach, latest) >= FAILED;
            nanosEach = isFirst || eitherFailed ? latest : (3 * nanosEach + latest) / 4;
        }
    }
}
