package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Queues on JetStream: a stream each, and two buckets for all. */
public final class JetStreamJobs implements JobClient, AutoCloseable {
    private final JobBroker broker;
    private final JobParts parts;
    private final Map<String, JetStreamJobQueue> queues = new ConcurrentHashMap<>();

    public JetStreamJobs(JobBroker broker) {
        this.broker = broker;
        this.parts = new JobParts(broker);
    }

    @Override
    public JobQueue queue(String name) {
        return opened(name);
    }

    @Override
    public JobQueue define(JobQueueSpec spec) {
        if (parts.streams().find(spec.name()).isEmpty()) {
            broker.provision().accept(spec);
            parts.lanes().open(spec);
        }
        return opened(spec.name());
    }

    @Override
    public List<String> queues() {
        return parts.streams().queues();
    }

    @Override
    public Optional<Job> job(JobRef ref) {
        return parts.snapshots().find(ref);
    }

    @Override
    public Subscription watch(Consumer<Job> handler) {
        return parts.log().watch(job -> true, handler);
    }

    private JetStreamJobQueue opened(String name) {
        Require.token("queue", name);
        return queues.computeIfAbsent(name, missing -> {
            if (parts.streams().find(missing).isEmpty()) {
                throw new NotFoundException("the broker has no queue " + missing + ": define it first");
            }
            parts.lanes().open(JobQueueSpec.of(missing));
            return new JetStreamJobQueue(missing, parts);
        });
    }

    @Override
    public void close() {
        queues.values().forEach(JetStreamJobQueue::close);
        parts.close();
    }
}
