package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.WorkerState;

/** What a queue as a whole is told and asked: pause, limits, orders to workers, figures. */
final class QueueControl {
    private final String queue;

    QueueControl(String queue, JobParts parts) {
        this.queue = queue;
    }

    void pause() {
        throw new UnsupportedOperationException();
    }

    void resume() {
        throw new UnsupportedOperationException();
    }

    QueueLimits limits() {
        throw new UnsupportedOperationException();
    }

    void limit(QueueLimits limits) {
        throw new UnsupportedOperationException();
    }

    void order(String worker, WorkerState order) {
        throw new UnsupportedOperationException();
    }

    JobFigures figures() {
        throw new UnsupportedOperationException();
    }
}
