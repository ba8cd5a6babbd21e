package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobRef;
import java.util.List;

/** Parents that wait for their children. */
final class JobFlows {
    <I, R> JobHandle<R> submit(String queue, JobFlow<I, R> flow) {
        throw new UnsupportedOperationException();
    }

    /** How the children stand now, for the parent's handler. */
    List<ChildOutcome> children(JobTerms parent) {
        throw new UnsupportedOperationException();
    }

    /** A job with a parent has ended: starts or fails the parent where that was what it waited for. */
    void childEnded(JobRef parent, JobRef child, JobRecord ended) {
        throw new UnsupportedOperationException();
    }
}
