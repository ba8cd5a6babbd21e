package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobRef;
import java.util.concurrent.CompletableFuture;

/**
 * What the end of a job means to others, after its record says so and before its message is acknowledged: the dead letters get it,
 * the next one with its key starts, its parent learns of it. Every step may be repeated: a worker that dies in between leaves the message
 * unacknowledged, and the next one finds the record at its end and comes here again.
 */
final class JobEndings {
    /** Whether an end means anything to others; if not, {@link #settle} has nothing to do. */
    static boolean concernsOthers(JobRecord ended) {
        throw new UnsupportedOperationException();
    }

    /**
     * Does what the end means. Runs on the SDK's threads and may take a few round trips.
     *
     * @return completes when all is stored; exceptionally if it could not be: then the message must not be acknowledged
     */
    CompletableFuture<Void> settle(JobRef ref, JobRecord ended) {
        throw new UnsupportedOperationException();
    }
}
