package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.nats.internal.DaemonThreads;
import io.nats.client.ConnectionListener;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue in memory goes with its broker, jobs, lanes and all. Whoever has used it puts it back, empty, as soon as the broker is there
 * again, so that it takes new jobs.
 */
final class MemoryQueues implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MemoryQueues.class);

    /** A queue as it was. */
    private record Kept(StreamConfiguration stream, JobQueueSpec spec) {}

    private final JobBroker broker;
    private final QueueStreams streams;
    private final QueueLanes lanes;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final ConnectionListener reconnected = (connection, event) -> connectionChanged(event);

    MemoryQueues(JobBroker broker, QueueStreams streams, QueueLanes lanes) {
        this.broker = broker;
        this.streams = streams;
        this.lanes = lanes;
        broker.connection().addConnectionListener(reconnected);
    }

    /** Looks whether the queue is one of them. */
    void remember(String queue) {
        StreamConfiguration stream = broker.call(
                "look at queue " + queue,
                () -> broker.management().getStreamInfo(streams.of(queue)).getConfiguration());
        if (stream.getStorageType() == StorageType.Memory) {
            JobQueueSpec spec = JobQueueSpec.of(queue).withHeartbeatTimeout(lanes.heartbeatTimeout(queue));
            kept.put(queue, new Kept(stream, spec));
        }
    }

    private void connectionChanged(ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.RECONNECTED && !kept.isEmpty()) {
            DaemonThreads.start(
                    broker.name() + "-memory-queues", () -> kept.values().forEach(this::putBack));
        }
    }

    private void putBack(Kept queue) {
        try {
            JobPublisher.AGAIN.executeRunnable(() -> putBackOnce(queue));
        } catch (FleetException e) {
            log.warn(
                    "Queue {} is not put back before the next reconnect",
                    queue.spec().name(),
                    e);
        }
    }

    private void putBackOnce(Kept queue) {
        broker.call("put back queue " + queue.spec().name(), () -> {
            if (isMissing(queue)) {
                broker.management().addStream(queue.stream());
            }
            return queue;
        });
        lanes.openAgain(queue.spec());
    }

    private boolean isMissing(Kept queue) throws Exception {
        try {
            broker.management().getStreamInfo(queue.stream().getName());
            return false;
        } catch (io.nats.client.JetStreamApiException e) {
            if (JobBroker.isNotFound(e)) {
                return true;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        broker.connection().removeConnectionListener(reconnected);
    }
}
