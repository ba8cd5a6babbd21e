package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Names a job and the type of its result. Holds nothing. */
record JetStreamJobHandle<R>(Class<R> type, JobRef ref, JobHandles handles) implements JobHandle<R> {
    @Override
    public Job job() {
        return handles.job(ref);
    }

    @Override
    public Optional<JobOutcome<R>> outcome() {
        return handles.outcome(type, ref);
    }

    @Override
    public JobOutcome<R> await(Duration atMost) {
        return handles.await(type, ref, atMost);
    }

    @Override
    public CompletableFuture<JobOutcome<R>> completion() {
        return handles.completion(type, ref);
    }

    @Override
    public Subscription onProgress(Consumer<JobProgress> handler) {
        return handles.onProgress(ref, handler);
    }

    @Override
    public void cancel() {
        handles.cancel(ref);
    }

    @Override
    public String toString() {
        return "job " + ref;
    }
}
