package io.fleetsdk.nats;

import java.time.Duration;

/**
 * An object store for small objects as it should be.
 *
 * @param name the store's name in the broker
 * @param timeToLive how long an object stays; zero means for ever
 * @param maxBytes in all; 0 means no limit
 * @param replicas 1, 3 or 5
 */
public record ObjectStoreDeclaration(String name, Duration timeToLive, long maxBytes, int replicas) {
    public ObjectStoreDeclaration withReplicas(int count) {
        return new ObjectStoreDeclaration(name, timeToLive, maxBytes, count);
    }

    public ObjectStoreDeclaration withMaxBytes(long bytes) {
        return new ObjectStoreDeclaration(name, timeToLive, bytes, replicas);
    }

    public ObjectStoreDeclaration withTimeToLive(Duration time) {
        return new ObjectStoreDeclaration(name, time, maxBytes, replicas);
    }
}
