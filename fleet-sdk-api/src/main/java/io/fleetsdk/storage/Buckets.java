package io.fleetsdk.storage;

/** The buckets of a store and what they are set to. Thread-safe; failures are those of {@link BlobStore}. */
public interface Buckets {
    /** Compares and changes nothing. */
    StoragePlan plan(StorageLayout layout);

    /**
     * Creates what is missing. What is there and differs stays as it is, and nothing is ever removed, so that doing it again does
     * nothing.
     *
     * @return how it stands now
     */
    StoragePlan apply(StorageLayout layout);
}
