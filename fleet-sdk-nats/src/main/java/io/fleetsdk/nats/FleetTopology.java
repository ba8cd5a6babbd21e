package io.fleetsdk.nats;

import io.fleetsdk.job.JobClient;
import io.fleetsdk.nats.StreamDeclaration.Feature;
import io.fleetsdk.nats.StreamDeclaration.Storage;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.protocol.JobSubjects;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the broker must hold: streams, buckets and object stores of protocol version 1, with their limits. Immutable; the
 * {@code with} methods give a deployment's variant. {@link NatsFleet#planTopology} compares it with a broker,
 * {@link NatsFleet#applyTopology} creates what is missing.
 */
public record FleetTopology(
        Map<FleetStream, StreamDeclaration> streams,
        Map<FleetBucket, BucketDeclaration> buckets,
        List<ObjectStoreDeclaration> objectStores) {
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;
    private static final Duration JOBS_KEPT = Duration.ofDays(7);
    private static final int ROBOT_MESSAGE_BYTES = (int) (2 * MB);
    /** Below this a bucket would refuse the heartbeats of a fleet of some size. */
    private static final long SMALLEST_LIMIT = 64 * MB;

    public FleetTopology {
        streams = Map.copyOf(streams);
        buckets = Map.copyOf(buckets);
        objectStores = List.copyOf(objectStores);
    }

    /** The protocol's own: one replica, the seed's names and limits. */
    public static FleetTopology defaults() {
        Map<FleetStream, StreamDeclaration> streams = new EnumMap<>(FleetStream.class);
        for (FleetStream stream : FleetStream.values()) {
            streams.put(stream, declared(stream).build());
        }
        Map<FleetBucket, BucketDeclaration> buckets = new EnumMap<>(FleetBucket.class);
        for (FleetBucket bucket : FleetBucket.values()) {
            buckets.put(bucket, declared(bucket));
        }
        return new FleetTopology(
                streams,
                buckets,
                List.of(
                        new ObjectStoreDeclaration("SKILL_DEFINITIONS", Duration.ZERO, GB, 1),
                        new ObjectStoreDeclaration("JOB_RESULTS", JOBS_KEPT, 10 * GB, 1)));
    }

    public StreamDeclaration stream(FleetStream stream) {
        return streams.getOrDefault(stream, declared(stream).build());
    }

    public BucketDeclaration bucket(FleetBucket bucket) {
        return buckets.getOrDefault(bucket, declared(bucket));
    }

    /** Everything replicated this often: 1, 3 or 5. */
    public FleetTopology withReplicas(int count) {
        return mapped(
                stream -> stream.toBuilder().replicas(count).build(),
                bucket -> bucket.withReplicas(count),
                store -> store.withReplicas(count));
    }

    public FleetTopology withStream(FleetStream which, UnaryOperator<StreamDeclaration.Builder> change) {
        Map<FleetStream, StreamDeclaration> changed = new EnumMap<>(streams);
        changed.put(which, change.apply(stream(which).toBuilder()).build());
        return new FleetTopology(changed, buckets, objectStores);
    }

    public FleetTopology withBucket(FleetBucket which, UnaryOperator<BucketDeclaration> change) {
        Map<FleetBucket, BucketDeclaration> changed = new EnumMap<>(buckets);
        changed.put(which, change.apply(bucket(which)));
        return new FleetTopology(streams, changed, objectStores);
    }

    /**
     * Byte limits shrunk in proportion so that they add up to about this budget: for small machines, where the broker would
     * refuse to reserve what the defaults ask for (some 130 GB). Each keeps 64 MiB, or its own limit where that is smaller. A
     * budget above the present sum changes nothing.
     *
     * @param bytes such as 8 GiB; the floors alone add up to about 1 GiB
     */
    public FleetTopology withByteBudget(long bytes) {
        double factor = Math.min(1, (double) bytes / declaredBytes());
        return mapped(
                stream -> stream.toBuilder()
                        .maxBytes(scaled(stream.maxBytes(), factor))
                        .build(),
                bucket -> bucket.withMaxBytes(scaled(bucket.maxBytes(), factor)),
                store -> store.withMaxBytes(scaled(store.maxBytes(), factor)));
    }

    private FleetTopology mapped(
            UnaryOperator<StreamDeclaration> stream,
            UnaryOperator<BucketDeclaration> bucket,
            UnaryOperator<ObjectStoreDeclaration> store) {
        return new FleetTopology(
                mappedValues(streams, stream),
                mappedValues(buckets, bucket),
                objectStores.stream().map(store).toList());
    }

    private static <K, V> Map<K, V> mappedValues(Map<K, V> map, Function<V, V> change) {
        return map.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> change.apply(e.getValue())));
    }

    private long declaredBytes() {
        Stream<Long> limits = Stream.of(
                        streams.values().stream().map(StreamDeclaration::maxBytes),
                        buckets.values().stream().map(BucketDeclaration::maxBytes),
                        objectStores.stream().map(ObjectStoreDeclaration::maxBytes))
                .flatMap(Function.identity());
        return limits.mapToLong(Long::longValue).sum();
    }

    private static long scaled(long bytes, double factor) {
        return bytes <= SMALLEST_LIMIT ? bytes : Math.max(SMALLEST_LIMIT, (long) (bytes * factor));
    }

    private static StreamDeclaration.Builder declared(FleetStream stream) {
        Duration day = Duration.ofDays(1);
        return switch (stream) {
            case ROBOT_PROFILES ->
                stream(stream, "robots.identity.*", "robots.capability.*")
                        .maxPerSubject(20)
                        .maxBytes(GB)
                        .maxMessageBytes(ROBOT_MESSAGE_BYTES);
            case ROBOT_TELEMETRY ->
                stream(stream, "robots.telemetry.*", "robots.telemetry.*.*")
                        .maxAge(day.multipliedBy(7))
                        .maxBytes(100 * GB)
                        .maxPerSubject(10_000_000)
                        .maxMessageBytes(ROBOT_MESSAGE_BYTES);
            case ROBOT_SETTINGS ->
                stream(stream, "robots.settings.desired.*", "robots.settings.reported.*")
                        .maxPerSubject(20)
                        .maxBytes(GB)
                        .maxMessageBytes(ROBOT_MESSAGE_BYTES);
            case ROBOT_COMMANDS ->
                stream(stream, "robots.cmd.*", "robots.cmd.tag.*", "robots.cmd.zone.*", "robots.estop.*")
                        .maxAge(day)
                        .maxBytes(GB)
                        .maxMessageBytes(ROBOT_MESSAGE_BYTES)
                        .features(Feature.MESSAGE_TTL, Feature.REJECT_WHEN_FULL);
            case ROBOT_ACKS ->
                stream(stream, "robots.cmd.ack.*")
                        .maxAge(day)
                        .maxBytes(2 * GB)
                        .maxMessageBytes(ROBOT_MESSAGE_BYTES)
                        .duplicateWindow(Duration.ofMinutes(10));
            case FLEET_EVENTS ->
                stream(stream, "models.deployed.*", "alerts.*.*", "fleet.status.*")
                        .maxAge(day)
                        .maxBytes(GB);
            case QUARANTINE ->
                stream(stream, "quarantine.*")
                        .maxAge(day.multipliedBy(30))
                        .maxBytes(10 * GB)
                        .duplicateWindow(Duration.ofHours(1));
            case DEAD_LETTERS ->
                stream(stream, "dead.*.*")
                        .maxAge(day.multipliedBy(30))
                        .maxBytes(10 * GB)
                        .maxPerSubject(1)
                        .duplicateWindow(Duration.ofMinutes(10));
            case JOB_FIGURES ->
                stream(stream, JobSubjects.figure("*", "*"))
                        .maxPerSubject(1)
                        .maxBytes(10 * MB)
                        .features(Feature.COUNTERS);
            case TRAINING_JOBS -> jobQueue(stream.name(), JobClient.TRAINING);
            case INFERENCE_TASKS -> jobQueue(stream.name(), JobClient.INFERENCE).storage(Storage.MEMORY);
            case WORK_ORDERS ->
                stream(stream, "workorders.>").maxAge(day.multipliedBy(30)).maxBytes(GB);
        };
    }

    /**
     * The stream of a queue. It has no limit of bytes or age, for reaching one would take jobs that were accepted: finished jobs are
     * cleared away by the workers, and a full broker refuses new ones.
     */
    static StreamDeclaration.Builder jobQueue(String name, String queue) {
        return StreamDeclaration.builder(name, JobSubjects.queue(queue))
                .duplicateWindow(Duration.ofMinutes(10))
                .features(Feature.MESSAGE_TTL, Feature.SCHEDULES, Feature.BATCHES);
    }

    private static StreamDeclaration.Builder stream(FleetStream stream, String... subjects) {
        return StreamDeclaration.builder(stream.name(), subjects);
    }

    private static BucketDeclaration declared(FleetBucket bucket) {
        return switch (bucket) {
            case ROBOTS -> BucketDeclaration.of(bucket.name(), 10, 100 * MB);
            case ROBOT_STATE ->
                BucketDeclaration.of(bucket.name(), 10, 100 * MB)
                        .withTimeToLive(Duration.ofHours(1))
                        .filledFrom(FleetSubjects.allStatuses());
            case MODEL_REGISTRY -> BucketDeclaration.of(bucket.name(), 50, 50 * MB);
            case JOB_PROGRESS ->
                BucketDeclaration.of(bucket.name(), 1, 10 * GB)
                        .withTimeToLive(JOBS_KEPT)
                        .withFeatures(Feature.MESSAGE_TTL, Feature.BATCHES);
            case JOB_CONTROL ->
                BucketDeclaration.of(bucket.name(), 1, 100 * MB)
                        .withFeatures(Feature.MESSAGE_TTL, Feature.REJECT_WHEN_FULL);
            case FLEET_CONFIG -> BucketDeclaration.of(bucket.name(), 64, 10 * MB);
            case ROLLOUTS -> BucketDeclaration.of(bucket.name(), 10, 100 * MB);
            case WORK_ORDER_STATE -> BucketDeclaration.of(bucket.name(), 10, 100 * MB);
        };
    }
}
