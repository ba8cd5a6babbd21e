package io.fleetsdk.nats;

import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.nats.StreamDeclaration.Storage;
import io.fleetsdk.nats.internal.job.JobBroker;
import java.time.Clock;
import java.time.Duration;

/** What jobs need of a connection, under the names of its topology. */
final class JobBrokers {
    private static final int REPLICATED = 3;
    /** As fine as a job's own times are on the wire; to write nine digits takes three times as long as three. */
    private static final Duration FINEST = Duration.ofMillis(1);

    private JobBrokers() {}

    static JobBroker of(Broker broker) {
        return new JobBroker(
                broker.connection(),
                broker.jetStream(),
                broker.management(),
                broker.json(),
                Clock.tick(broker.clock(), FINEST),
                broker.options().requestTimeout(),
                broker.ticker(),
                broker.options().name(),
                broker.bucketName(FleetBucket.JOB_PROGRESS),
                broker.bucketName(FleetBucket.JOB_CONTROL),
                broker.stream(FleetStream.DEAD_LETTERS),
                "JOB_RESULTS",
                broker.stream(FleetStream.JOB_FIGURES),
                spec -> new TopologyApplier(broker.management()).create(declared(spec)));
    }

    /** The stream of a further queue. */
    private static StreamDeclaration declared(JobQueueSpec spec) {
        String name = "JOBS_" + spec.name();
        return FleetTopology.jobQueue(name, spec.name())
                .storage(spec.storage() == JobQueueSpec.Storage.MEMORY ? Storage.MEMORY : Storage.FILE)
                .replicas(spec.durability() == JobQueueSpec.Durability.REPLICATED ? REPLICATED : 1)
                .build();
    }
}
