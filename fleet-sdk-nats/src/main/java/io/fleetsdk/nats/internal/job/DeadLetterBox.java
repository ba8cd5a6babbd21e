package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.nats.client.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts jobs that are given up into the stream DEAD_LETTERS, whole: body and headers as they were, and beside them why and when. */
final class DeadLetterBox {
    /**
     * Stores the message. Storing it twice leaves one.
     *
     * @param original a ready job's message as delivered, readable or not
     */
    CompletableFuture<Void> put(Message original, JobError reason, List<JobAttempt> attempts) {
        throw new UnsupportedOperationException();
    }
}
