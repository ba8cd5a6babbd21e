package io.fleetsdk.job;

import io.fleetsdk.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A job that was submitted, here or by another process. Thread-safe; holds nothing open unless {@link #completion} or
 * {@link #onProgress} was called.
 *
 * @param <R> the result of its type
 */
public interface JobHandle<R> {
    JobRef ref();

    default JobId id() {
        return ref().id();
    }

    /**
     * Where it stands now.
     *
     * @throws io.fleetsdk.NotFoundException if nothing of it is kept any more
     */
    Job job();

    /** How it ended; empty before. */
    Optional<JobOutcome<R>> outcome();

    /**
     * Waits for the end.
     *
     * @throws io.fleetsdk.UnknownOutcomeException if the time is up before the end; the job goes on
     */
    JobOutcome<R> await(Duration atMost);

    /**
     * Completes with the end. Exceptionally only when the fleet is closed before, nothing of the job is kept any more, or its result is
     * not of its type. Dependents run on a thread of the SDK: they must not block.
     */
    CompletableFuture<JobOutcome<R>> completion();

    /**
     * Calls with the progress it has made, if any, and with every one from now on, until the job ends or the subscription is closed.
     */
    Subscription onProgress(Consumer<JobProgress> handler);

    /** {@link JobQueue#cancel} of this job. */
    void cancel();
}
