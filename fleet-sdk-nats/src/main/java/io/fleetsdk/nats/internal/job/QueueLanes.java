package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The durable consumers of a queue: one for each priority, and one more for each priority and tenant that has been seen. They are
 * shared by all workers. Lanes of tenants are opened by who submits.
 */
final class QueueLanes {
    /** Jobs that may be with workers at once, per lane. */
    private static final int MOST_ACTIVE = 50_000;

    /** Each is a durable consumer: some 50 KB at the broker, and one more to be pulled by every worker. */
    private static final int MOST_TENANT_LANES = 1_000;

    private static final Duration DEFAULT_HEARTBEAT_TIMEOUT = Duration.ofSeconds(30);

    private final JobBroker broker;
    private final QueueStreams streams;
    private final QueuePause pause;
    private final JobSignals signals;
    private final Set<Lane> open = ConcurrentHashMap.newKeySet();

    QueueLanes(JobBroker broker, QueueStreams streams, QueuePause pause, JobSignals signals) {
        this.broker = broker;
        this.streams = streams;
        this.pause = pause;
        this.signals = signals;
    }

    /** Name of the lane's durable: {@code normal}, or {@code normal-acme} for a tenant. */
    static String consumer(Lane lane) {
        String priority = lane.priority().name().toLowerCase(Locale.ROOT);
        return lane.tenant().map(tenant -> priority + "-" + tenant).orElse(priority);
    }

    /** The lanes of jobs without a tenant, most urgent first. */
    static List<Lane> ofEveryQueue(String queue) {
        return Arrays.stream(JobPriority.values())
                .map(priority -> new Lane(queue, priority, Optional.empty()))
                .toList();
    }

    /** Every lane that the broker has of a queue. */
    List<Lane> all(String queue) {
        return broker.call(
                "list lanes of " + queue,
                () -> broker.management().getConsumerNames(streams.of(queue)).stream()
                        .flatMap(name -> lane(queue, name).stream())
                        .toList());
    }

    /** Every lane, with the number of the message up to which its jobs are acknowledged: one request, however many lanes there are. */
    Map<Lane, Long> ackFloors(String queue) {
        return broker.call("look at the lanes of " + queue, () -> {
            Map<Lane, Long> floors = new HashMap<>();
            broker.management()
                    .getConsumers(streams.of(queue))
                    .forEach(consumer -> lane(queue, consumer.getName())
                            .ifPresent(lane ->
                                    floors.put(lane, consumer.getAckFloor().getStreamSequence())));
            return floors;
        });
    }

    private static Optional<Lane> lane(String queue, String consumer) {
        return ofEveryQueue(queue).stream()
                .filter(lane -> consumer.equals(consumer(lane)) || consumer.startsWith(consumer(lane) + "-"))
                .findFirst()
                .map(lane -> consumer.equals(consumer(lane)) ? lane : ofTenant(lane, consumer));
    }

    private static Lane ofTenant(Lane lane, String consumer) {
        String tenant = consumer.substring(consumer(lane).length() + 1);
        return new Lane(lane.queue(), lane.priority(), Optional.of(tenant));
    }

    /** After which a worker that says nothing loses its jobs. */
    Duration heartbeatTimeout(String queue) {
        Lane normal = new Lane(queue, JobPriority.NORMAL, Optional.empty());
        return broker.call(
                "read the heartbeat time-out of " + queue,
                () -> broker.management()
                        .getConsumerInfo(streams.of(queue), consumer(normal))
                        .getConsumerConfiguration()
                        .getAckWait());
    }

    /** Creates what is missing of a queue's lanes. */
    void open(JobQueueSpec spec) {
        ofEveryQueue(spec.name()).forEach(lane -> create(lane, spec.heartbeatTimeout()));
    }

    /** {@link #open(JobQueueSpec)} of a queue whose lanes may be gone, those of its tenants included. */
    void openAgain(JobQueueSpec spec) {
        open.removeIf(lane -> lane.queue().equals(spec.name()));
        open(spec);
    }

    /**
     * Creates the lane's durable where this process has not seen it yet. A tenant's is told to the workers.
     *
     * @throws InvalidInputException if the queue has as many lanes of tenants as it may have
     */
    void open(Lane lane) {
        if (open.contains(lane)) {
            return;
        }
        boolean isNew =
                create(lane, lane.tenant().isEmpty() ? DEFAULT_HEARTBEAT_TIMEOUT : heartbeatTimeout(lane.queue()));
        if (isNew && lane.tenant().isPresent()) {
            signals.send(lane.queue(), new JobSignals.Changed());
        }
    }

    /** A durable that is there is left as it is. Says whether it was missing. */
    private boolean create(Lane lane, Duration heartbeatTimeout) {
        String stream = streams.of(lane.queue());
        return broker.call("open lane " + lane, () -> {
            Set<String> present = Set.copyOf(broker.management().getConsumerNames(stream));
            boolean isMissing = !present.contains(consumer(lane));
            if (isMissing) {
                checkRoom(lane, present);
                createAsTheQueueIs(stream, config(lane, heartbeatTimeout), lane);
            }
            open.add(lane);
            return isMissing;
        });
    }

    private static void checkRoom(Lane lane, Set<String> present) {
        if (lane.tenant().isPresent() && present.size() >= MOST_TENANT_LANES + JobPriority.values().length) {
            throw new InvalidInputException(
                    "tenant",
                    lane.tenant().get(),
                    "must be one of those that the queue knows: it keeps apart at most " + MOST_TENANT_LANES
                            + " pairs of tenant and priority");
        }
    }

    /** Paused if the queue is. It is looked at again afterwards, for who pauses a queue in between does not see this lane. */
    private void createAsTheQueueIs(String stream, ConsumerConfiguration.Builder config, Lane lane)
            throws IOException, JetStreamApiException {
        boolean paused = pause.isPaused(lane.queue());
        ConsumerConfiguration created =
                paused ? config.pauseUntil(QueuePause.FOR_EVER).build() : config.build();
        broker.management().createConsumer(stream, created);
        if (pause.isPaused(lane.queue()) != paused) {
            pause.apply(lane.queue(), stream, consumer(lane));
        }
    }

    private static ConsumerConfiguration.Builder config(Lane lane, Duration heartbeatTimeout) {
        return ConsumerConfiguration.builder()
                .durable(consumer(lane))
                .filterSubject(lane.jobs())
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(heartbeatTimeout)
                .maxDeliver(-1)
                .maxAckPending(MOST_ACTIVE);
    }
}
