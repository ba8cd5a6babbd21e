package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Handles of jobs, and what they are made of: a handle itself is a type and a name. */
final class JobHandles implements AutoCloseable {
    private final JobSnapshots snapshots;
    private final JobOutcomes outcomes;
    private final AwaitedJobs awaited;
    private final JobCancellation cancellation;

    JobHandles(JobSnapshots snapshots, JobOutcomes outcomes, AwaitedJobs awaited, JobCancellation cancellation) {
        this.snapshots = snapshots;
        this.outcomes = outcomes;
        this.awaited = awaited;
        this.cancellation = cancellation;
    }

    <R> JobHandle<R> handle(JobType<?, R> type, JobRef ref) {
        return new JetStreamJobHandle<>(type.result(), ref, this);
    }

    Job job(JobRef ref) {
        return snapshots.find(ref).orElseThrow(() -> new NotFoundException("nothing is kept of job " + ref));
    }

    <R> Optional<JobOutcome<R>> outcome(Class<R> type, JobRef ref) {
        return snapshots.end(ref).map(record -> outcomes.of(type, record));
    }

    <R> JobOutcome<R> await(Class<R> type, JobRef ref, Duration atMost) {
        AwaitedJob job = awaited.hold(ref);
        try {
            return outcomes.of(type, job.end().get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new UnknownOutcomeException("job " + ref + " has not ended within " + atMost, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownOutcomeException("interrupted while waiting for job " + ref, e);
        } finally {
            awaited.letGo(job);
        }
    }

    /** A large result is fetched on a thread that may wait; all else is done where the record arrives. */
    <R> CompletableFuture<JobOutcome<R>> completion(Class<R> type, JobRef ref) {
        return awaited.hold(ref).end().thenCompose(record -> {
            if (record.resultObject().isPresent()) {
                return CompletableFuture.supplyAsync(() -> outcomes.of(type, record), awaited.thread());
            }
            return CompletableFuture.completedFuture(outcomes.of(type, record));
        });
    }

    Subscription onProgress(JobRef ref, Consumer<JobProgress> handler) {
        AwaitedJob job = awaited.hold(ref);
        AtomicBoolean open = new AtomicBoolean(true);
        Consumer<JobProgress> whileOpen = progress -> {
            if (open.get()) {
                handler.accept(progress);
            }
        };
        job.listen(whileOpen).ifPresent(whileOpen);
        return () -> {
            if (open.compareAndSet(true, false)) {
                job.forget(whileOpen);
                awaited.letGo(job);
            }
        };
    }

    void cancel(JobRef ref) {
        cancellation.cancel(ref);
    }

    @Override
    public void close() {
        awaited.close();
    }
}
