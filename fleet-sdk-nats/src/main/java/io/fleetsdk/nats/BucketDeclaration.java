package io.fleetsdk.nats;

import io.fleetsdk.nats.StreamDeclaration.Feature;
import io.fleetsdk.nats.StreamDeclaration.Storage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A key-value bucket as it should be.
 *
 * @param name the bucket's name in the broker
 * @param history revisions kept of each key, 1 to 64
 * @param timeToLive how long a key stays without being written; zero means for ever
 * @param maxBytes in all; 0 means no limit
 * @param storage where it is
 * @param replicas 1, 3 or 5
 * @param filledFrom a subject with one wildcard whose messages are stored under the wildcard's token as key
 * @param features what it needs; most refuse writes when full, those without that forget the oldest entries
 */
public record BucketDeclaration(
        String name,
        int history,
        Duration timeToLive,
        long maxBytes,
        Storage storage,
        int replicas,
        Optional<String> filledFrom,
        Set<Feature> features) {
    static BucketDeclaration of(String name, int history, long maxBytes) {
        return new BucketDeclaration(
                name,
                history,
                Duration.ZERO,
                maxBytes,
                Storage.FILE,
                1,
                Optional.empty(),
                Set.of(Feature.REJECT_WHEN_FULL));
    }

    public BucketDeclaration withName(String other) {
        return new BucketDeclaration(other, history, timeToLive, maxBytes, storage, replicas, filledFrom, features);
    }

    public BucketDeclaration withHistory(int revisions) {
        return new BucketDeclaration(name, revisions, timeToLive, maxBytes, storage, replicas, filledFrom, features);
    }

    public BucketDeclaration withTimeToLive(Duration time) {
        return new BucketDeclaration(name, history, time, maxBytes, storage, replicas, filledFrom, features);
    }

    public BucketDeclaration withMaxBytes(long bytes) {
        return new BucketDeclaration(name, history, timeToLive, bytes, storage, replicas, filledFrom, features);
    }

    public BucketDeclaration withReplicas(int count) {
        return new BucketDeclaration(name, history, timeToLive, maxBytes, storage, count, filledFrom, features);
    }

    BucketDeclaration withFeatures(Feature... needed) {
        return new BucketDeclaration(
                name, history, timeToLive, maxBytes, storage, replicas, filledFrom, Set.of(needed));
    }

    BucketDeclaration filledFrom(String subject) {
        return new BucketDeclaration(
                name, history, timeToLive, maxBytes, storage, replicas, Optional.of(subject), features);
    }
}
