package io.fleetsdk.storage;

import io.fleetsdk.internal.Require;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a store knows about one object, without its content.
 *
 * @param ref where it is; with its version where the store keeps versions
 * @param size in bytes
 * @param digest of the content; empty where the object was not written through this SDK
 * @param etag the store's own mark of this content, opaque; changes whenever the content does
 * @param lastModified by the store's clock
 * @param contentType such as {@code application/gzip}
 * @param metadata as given at upload; names are in lower case
 */
public record Blob(
        BlobRef ref,
        long size,
        Optional<Digest> digest,
        String etag,
        Instant lastModified,
        String contentType,
        Map<String, String> metadata) {

    public Blob {
        ref = Require.present("ref", ref);
        digest = Require.orEmpty(digest);
        etag = Require.present("etag", etag);
        lastModified = Require.present("lastModified", lastModified);
        contentType = Require.present("contentType", contentType);
        metadata = Require.map("metadata", metadata);
    }
}
