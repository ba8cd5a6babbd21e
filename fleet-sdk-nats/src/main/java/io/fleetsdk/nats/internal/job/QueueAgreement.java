package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobQueueSpec.Durability;
import io.fleetsdk.job.JobQueueSpec.Storage;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/** Whether a queue that is there is as somebody defines it. Workers rely on its settings, so that nobody changes them under their feet. */
final class QueueAgreement {
    private static final int REPLICATED = 3;

    private final JobBroker broker;
    private final QueueStreams streams;
    private final QueueLanes lanes;

    QueueAgreement(JobBroker broker, JobParts parts) {
        this.broker = broker;
        this.streams = parts.streams();
        this.lanes = parts.lanes();
    }

    /**
     * @throws ConflictException naming the first setting that differs; a queue with more copies than asked for is as good
     */
    void check(JobQueueSpec asked) {
        String queue = asked.name();
        StreamConfiguration stream = broker.call(
                "look at queue " + queue,
                () -> broker.management().getStreamInfo(streams.of(queue)).getConfiguration());
        Storage storage = stream.getStorageType() == StorageType.Memory ? Storage.MEMORY : Storage.FILE;
        Durability durability = stream.getReplicas() >= REPLICATED ? Durability.REPLICATED : Durability.BROKER_DEFAULT;
        agree(queue, "heartbeatTimeout", asked.heartbeatTimeout(), lanes.heartbeatTimeout(queue));
        agree(queue, "storage", asked.storage(), storage);
        if (asked.durability() == Durability.REPLICATED) {
            agree(queue, "durability", asked.durability(), durability);
        }
    }

    private static void agree(String queue, String setting, Object asked, Object found) {
        if (!asked.equals(found)) {
            throw new ConflictException("queue " + queue + " is there with " + setting + " " + found + ", not " + asked
                    + ": use it as it is, or define one of another name");
        }
    }
}
