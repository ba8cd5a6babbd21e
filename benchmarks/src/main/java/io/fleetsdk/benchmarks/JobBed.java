package io.fleetsdk.benchmarks;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.RetentionPolicy;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker on which jobs are measured: a fleet, another one as from another process, and raw jnats. */
final class JobBed implements AutoCloseable {
    private final Testbed testbed;
    private final Sync sync;
    private final Fleet fleet;
    private final Fleet other;
    private final Connection raw;
    private final JetStreamManagement management;
    private final AtomicInteger names = new AtomicInteger();
    private final byte[] body = TypicalJobs.body();

    JobBed(Sync sync) throws Exception {
        this.sync = sync;
        this.testbed = Testbed.withTopology(sync);
        this.fleet = testbed.fleet();
        this.other = testbed.fleet();
        this.raw = testbed.raw();
        this.management = raw.jetStreamManagement();
    }

    Sync sync() {
        return sync;
    }

    /** An empty queue. */
    MeasuredQueue queue() throws IOException, JetStreamApiException {
        return new MeasuredQueue(
                fleet.jobs().define(JobQueueSpec.of("measured-" + names.incrementAndGet())), management);
    }

    /** The same queue, from another connection. */
    JobQueue elsewhere(MeasuredQueue queue) {
        return other.jobs().queue(queue.queue().name());
    }

    /** An empty stream that keeps its messages, as that of a queue of the SDK. */
    RawStream keepingStream() throws IOException, JetStreamApiException {
        return stream(RetentionPolicy.Limits);
    }

    /** An empty stream that deletes what is acknowledged. */
    RawStream workQueue() throws IOException, JetStreamApiException {
        return stream(RetentionPolicy.WorkQueue);
    }

    private RawStream stream(RetentionPolicy retention) throws IOException, JetStreamApiException {
        return RawStream.of(raw, retention, "RAW_" + names.incrementAndGet(), body);
    }

    @Override
    public void close() throws Exception {
        testbed.close();
    }
}
