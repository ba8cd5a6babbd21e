package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.WorkerState;
import java.time.Duration;

/** Pulls jobs from a queue's lanes and runs them. */
final class JetStreamJobWorker implements JobWorker {
    static JetStreamJobWorker start(String queue, Spec spec, JobParts parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String id() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkerState state() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void quiet() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop(Duration limit) {
        throw new UnsupportedOperationException();
    }
}
