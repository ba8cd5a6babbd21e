package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.DeadLetters;
import io.fleetsdk.job.JobId;
import java.util.List;
import java.util.Optional;

/** The dead letters of one queue. */
final class JetStreamDeadLetters implements DeadLetters {
    private final String queue;

    JetStreamDeadLetters(String queue, JobParts parts) {
        this.queue = queue;
    }

    @Override
    public List<DeadLetter> list(int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<DeadLetter> find(JobId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retry(JobId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int retryAll() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void purge(JobId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int purgeAll() {
        throw new UnsupportedOperationException();
    }
}
