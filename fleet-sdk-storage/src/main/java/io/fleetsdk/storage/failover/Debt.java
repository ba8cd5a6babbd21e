package io.fleetsdk.storage.failover;

import io.fleetsdk.storage.BlobRef;

/**
 * An object of which one store may not have the last word.
 *
 * @param behind which store
 */
public record Debt(BlobRef ref, Behind behind) {
    /** Which store is behind the other. */
    public enum Behind {
        PRIMARY,
        BACKUP,
        /** A write began and nobody knows how far it came: the newer of both counts. */
        WRITING,
        /** A deletion began and nobody knows how far it came. */
        DELETING
    }
}
