package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobType;

/** Handles of jobs, and the waiting for their ends. */
final class JobHandles implements AutoCloseable {
    <R> JobHandle<R> handle(JobType<?, R> type, JobRef ref) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
