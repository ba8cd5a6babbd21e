package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.Submission;
import java.util.List;

/** Puts jobs into their queue's stream: one publish each, or batches. */
final class JobSubmitter {
    <I, R> JobHandle<R> submit(String queue, JobType<I, R> type, I input, JobOptions options) {
        throw new UnsupportedOperationException();
    }

    <I, R> List<Submission<R>> submitAll(String queue, JobType<I, R> type, List<JobRequest<I>> requests) {
        throw new UnsupportedOperationException();
    }
}
