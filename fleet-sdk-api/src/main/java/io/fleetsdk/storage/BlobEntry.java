package io.fleetsdk.storage;

import io.fleetsdk.internal.Require;
import java.time.Instant;

/**
 * One line of a listing. {@link BlobStore#head} knows the rest.
 *
 * @param ref where it is; with its version when versions are listed
 * @param size in bytes
 * @param etag the store's own mark of this content, opaque
 * @param lastModified by the store's clock
 */
public record BlobEntry(BlobRef ref, long size, String etag, Instant lastModified) {
    public BlobEntry {
        ref = Require.present("ref", ref);
        etag = Require.present("etag", etag);
        lastModified = Require.present("lastModified", lastModified);
    }

    public String key() {
        return ref.key();
    }
}
