package io.fleetsdk.nats;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.nats.StreamDeclaration.Feature;
import io.fleetsdk.nats.StreamDeclaration.Retention;
import io.fleetsdk.nats.StreamDeclaration.Storage;
import io.fleetsdk.nats.TopologyPlan.Difference;
import io.fleetsdk.nats.TopologyPlan.Item;
import io.fleetsdk.nats.TopologyPlan.Kind;
import io.fleetsdk.nats.TopologyPlan.Standing;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.SubjectTransform;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a topology with a broker and creates what is missing. Buckets and object stores are streams underneath. */
final class TopologyApplier {
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int UNLIMITED = -1;
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

    /** How long the broker tells that a key has expired. */
    private static final Duration EXPIRY_MARKER = Duration.ofMinutes(1);

    private record Declared(Kind kind, String name, StreamConfiguration config) {}

    private final JetStreamManagement management;

    TopologyApplier(JetStreamManagement management) {
        this.management = management;
    }

    TopologyPlan plan(FleetTopology topology) {
        return new TopologyPlan(declared(topology).stream().map(this::compared).toList());
    }

    TopologyPlan apply(FleetTopology topology) {
        return new TopologyPlan(
                declared(topology).stream().map(this::createdIfMissing).toList());
    }

    /** Creates one stream if it is missing. */
    void create(StreamDeclaration stream) {
        createdIfMissing(new Declared(Kind.STREAM, stream.name(), config(stream)));
    }

    private Item createdIfMissing(Declared declared) {
        Item item = compared(declared);
        if (item.standing() != Standing.MISSING) {
            return item;
        }
        try {
            management.addStream(declared.config());
            return new Item(declared.kind(), declared.name(), Standing.CREATED, List.of());
        } catch (IOException | JetStreamApiException e) {
            throw new UnavailableException("cannot create " + declared.name() + ": " + e.getMessage(), e);
        }
    }

    private Item compared(Declared declared) {
        Optional<StreamConfiguration> actual = actual(declared.config().getName());
        List<Difference> differences = actual.map(config -> TopologyComparison.differences(declared.config(), config))
                .orElse(List.of());
        Standing standing =
                actual.isEmpty() ? Standing.MISSING : differences.isEmpty() ? Standing.MATCHES : Standing.DIFFERS;
        return new Item(declared.kind(), declared.name(), standing, differences);
    }

    private Optional<StreamConfiguration> actual(String stream) {
        try {
            return Optional.of(management.getStreamInfo(stream).getConfiguration());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return Optional.empty();
            }
            throw new UnavailableException("cannot read " + stream + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnavailableException("cannot read " + stream + ": " + e.getMessage(), e);
        }
    }

    private static List<Declared> declared(FleetTopology topology) {
        List<Declared> all = new ArrayList<>();
        for (FleetStream stream : FleetStream.values()) {
            StreamDeclaration declaration = topology.stream(stream);
            all.add(new Declared(Kind.STREAM, declaration.name(), config(declaration)));
        }
        for (FleetBucket bucket : FleetBucket.values()) {
            BucketDeclaration declaration = topology.bucket(bucket);
            all.add(new Declared(Kind.BUCKET, declaration.name(), config(declaration)));
        }
        for (ObjectStoreDeclaration store : topology.objectStores()) {
            all.add(new Declared(Kind.OBJECT_STORE, store.name(), config(store)));
        }
        return all;
    }

    private static StreamConfiguration config(StreamDeclaration stream) {
        Set<Feature> features = stream.features();
        return StreamConfiguration.builder()
                .name(stream.name())
                .subjects(stream.subjects())
                .retentionPolicy(
                        stream.retention() == Retention.WORK_QUEUE ? RetentionPolicy.WorkQueue : RetentionPolicy.Limits)
                .storageType(storage(stream.storage()))
                .replicas(stream.replicas())
                .maxAge(stream.maxAge())
                .maxBytes(orUnlimited(stream.maxBytes()))
                .maxMessagesPerSubject(orUnlimited(stream.maxPerSubject()))
                .maximumMessageSize((int) orUnlimited(stream.maxMessageBytes()))
                .duplicateWindow(stream.duplicateWindow())
                .discardPolicy(whenFull(features))
                .allowMessageTtl(features.contains(Feature.MESSAGE_TTL))
                .allowMessageSchedules(features.contains(Feature.SCHEDULES))
                .allowAtomicPublish(features.contains(Feature.BATCHES))
                .allowBatched(features.contains(Feature.BATCHES))
                .allowMessageCounter(features.contains(Feature.COUNTERS))
                .allowDirect(true)
                .build();
    }

    private static StreamConfiguration config(BucketDeclaration bucket) {
        String keys = "$KV." + bucket.name() + ".";
        StreamConfiguration.Builder config = StreamConfiguration.builder()
                .name("KV_" + bucket.name())
                .subjects(keys + ">")
                .storageType(storage(bucket.storage()))
                .replicas(bucket.replicas())
                .maxAge(bucket.timeToLive())
                .maxBytes(orUnlimited(bucket.maxBytes()))
                .maxMessagesPerSubject(bucket.history())
                .duplicateWindow(DUPLICATE_WINDOW)
                .discardPolicy(whenFull(bucket.features()))
                .allowRollup(true)
                .allowDirect(true)
                .allowAtomicPublish(bucket.features().contains(Feature.BATCHES))
                .allowBatched(bucket.features().contains(Feature.BATCHES))
                .denyDelete(true);
        if (bucket.features().contains(Feature.MESSAGE_TTL)) {
            config.allowMessageTtl().subjectDeleteMarkerTtl(EXPIRY_MARKER);
        }
        bucket.filledFrom()
                .ifPresent(subject ->
                        config.addSubjects(subject).subjectTransform(new SubjectTransform(subject, keys + "$1")));
        return config.build();
    }

    private static StreamConfiguration config(ObjectStoreDeclaration store) {
        return StreamConfiguration.builder()
                .name("OBJ_" + store.name())
                .subjects("$O." + store.name() + ".C.>", "$O." + store.name() + ".M.>")
                .replicas(store.replicas())
                .maxAge(store.timeToLive())
                .maxBytes(orUnlimited(store.maxBytes()))
                .duplicateWindow(DUPLICATE_WINDOW)
                .discardPolicy(DiscardPolicy.New)
                .allowRollup(true)
                .allowDirect(true)
                .build();
    }

    private static DiscardPolicy whenFull(Set<Feature> features) {
        return features.contains(Feature.REJECT_WHEN_FULL) ? DiscardPolicy.New : DiscardPolicy.Old;
    }

    private static StorageType storage(Storage storage) {
        return storage == Storage.MEMORY ? StorageType.Memory : StorageType.File;
    }

    private static long orUnlimited(long limit) {
        return limit == 0 ? UNLIMITED : limit;
    }
}
