package io.fleetsdk.nats;

/**
 * An object store for small objects as it should be.
 *
 * @param name the store's name in the broker
 * @param maxBytes in all; 0 means no limit
 * @param replicas 1, 3 or 5
 */
public record ObjectStoreDeclaration(String name, long maxBytes, int replicas) {
    public ObjectStoreDeclaration withReplicas(int count) {
        return new ObjectStoreDeclaration(name, maxBytes, count);
    }

    public ObjectStoreDeclaration withMaxBytes(long bytes) {
        return new ObjectStoreDeclaration(name, bytes, replicas);
    }
}
