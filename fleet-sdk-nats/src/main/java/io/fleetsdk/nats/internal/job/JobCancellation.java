package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobRef;

/** Cancels jobs wherever they are. */
final class JobCancellation {
    /**
     * {@link io.fleetsdk.job.JobQueue#cancel}.
     *
     * @throws io.fleetsdk.NotFoundException if nothing of it is kept
     * @throws io.fleetsdk.ConflictException if it has ended
     */
    void cancel(JobRef ref) {
        throw new UnsupportedOperationException();
    }
}
