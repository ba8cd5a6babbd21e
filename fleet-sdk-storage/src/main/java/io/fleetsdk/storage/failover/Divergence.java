package io.fleetsdk.storage.failover;

import io.fleetsdk.storage.BlobRef;

/** An object that the stores do not have alike. */
public record Divergence(BlobRef ref, Kind kind) {
    /** How they differ. */
    public enum Kind {
        ONLY_PRIMARY,
        ONLY_BACKUP,
        /** Both have it, with another content. */
        DIFFERENT
    }
}
