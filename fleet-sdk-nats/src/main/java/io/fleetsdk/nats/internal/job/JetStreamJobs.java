package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Queues on JetStream: a stream each, and two buckets for all. */
public final class JetStreamJobs implements JobClient, AutoCloseable {
    /** Seed 000, section 3.2. */
    private static final Duration INFERENCE_HEARTBEAT = Duration.ofSeconds(5);

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
        }
        parts.lanes().open(spec.name().equals(INFERENCE) ? usual(INFERENCE) : spec);
        new QueueAgreement(broker, parts).check(spec);
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
            parts.lanes().open(usual(missing));
            parts.memoryQueues().remember(missing);
            return new JetStreamJobQueue(missing, parts);
        });
    }

    /** A queue that this process did not define: its lanes are there, unless it is one that comes with the topology. */
    private static JobQueueSpec usual(String queue) {
        JobQueueSpec spec = JobQueueSpec.of(queue);
        return queue.equals(INFERENCE) ? spec.withHeartbeatTimeout(INFERENCE_HEARTBEAT) : spec;
    }

    @Override
    public void close() {
        queues.values().forEach(JetStreamJobQueue::close);
        parts.close();
    }
}
