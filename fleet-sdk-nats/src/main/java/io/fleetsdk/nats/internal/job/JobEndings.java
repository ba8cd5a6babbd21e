package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * What the end of a job means to others, after its record says so and before its message is acknowledged: the next one with its key
 * starts, its parent learns of it. Every step may be repeated: a worker that dies in between leaves the message unacknowledged, and the
 * next one finds the record at its end and comes here again.
 */
final class JobEndings implements AutoCloseable {
    private static final int THREADS = 4;

    private final KeyRelease keys;
    private final JobFlows flows;
    private final ExecutorService threads;

    /** Starts the job that waited for a key. */
    @FunctionalInterface
    interface KeyRelease {
        void released(String queue, String key, JobId ended);
    }

    JobEndings(JobBroker broker, KeyRelease keys, JobFlows flows) {
        this.keys = keys;
        this.flows = flows;
        this.threads = DaemonThreads.pool(broker.name() + "-endings", THREADS);
    }

    /** Whether an end means anything to others; if not, {@link #settle} has nothing to do. */
    static boolean concernsOthers(JobRecord ended) {
        return ended.terms()
                .filter(terms -> terms.key().isPresent() || terms.parent().isPresent())
                .isPresent();
    }

    /**
     * Does what the end means. Runs on the SDK's threads and may take a few round trips.
     *
     * @return completes when all is stored; exceptionally if it could not be: then the message must not be acknowledged
     */
    CompletableFuture<Void> settle(JobRef ref, JobRecord ended) {
        if (!concernsOthers(ended)) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return CompletableFuture.runAsync(() -> settleNow(ref, ended), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settleNow(JobRef ref, JobRecord ended) {
        JobTerms terms = ended.termsOrNone();
        terms.key().ifPresent(key -> keys.released(ref.queue(), key, ref.id()));
        terms.parent().ifPresent(parent -> flows.childEnded(parent, ref, ended));
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
