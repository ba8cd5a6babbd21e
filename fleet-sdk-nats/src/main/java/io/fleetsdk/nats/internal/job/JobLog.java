package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobQuery;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The newest 10,000 jobs of each queue, read from the broker from the first question on and followed from then on. Bounded; closed with
 * the fleet.
 */
final class JobLog implements Subscription {
    List<Job> list(String queue, JobQuery query) {
        throw new UnsupportedOperationException();
    }

    Subscription watch(Predicate<Job> which, Consumer<Job> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
