package io.fleetsdk.storage.nats;

import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.UploadOptions;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the broker knows about an object, in the words of this SDK. Type and digest are entries among its metadata. */
final class ObjectFacts {
    private static final String TYPE = "fleet-content-type";
    private static final String DIGEST = "sha256";

    private ObjectFacts() {}

    static ObjectMeta meta(BlobRef ref, Digest digest, UploadOptions options) {
        Map<String, String> metadata = new HashMap<>(options.metadata());
        metadata.put(TYPE, options.contentType());
        metadata.put(DIGEST, digest.hex());
        return ObjectMeta.builder(ref.key()).metadata(metadata).build();
    }

    static Blob blob(BlobRef ref, ObjectInfo info) {
        Map<String, String> metadata = Optional.ofNullable(info.getMetaData())
                .<Map<String, String>>map(HashMap::new)
                .orElseGet(HashMap::new);
        Optional<String> type = Optional.ofNullable(metadata.remove(TYPE));
        Optional<String> digest = Optional.ofNullable(metadata.remove(DIGEST));
        return new Blob(
                ref,
                info.getSize(),
                digest.map(Digest::parse),
                info.getNuid(),
                info.getModified().toInstant(),
                type.orElse("application/octet-stream"),
                metadata);
    }

    static BlobEntry entry(String bucket, ObjectInfo info) {
        return new BlobEntry(
                BlobRef.of(bucket, info.getObjectName()),
                info.getSize(),
                info.getNuid(),
                info.getModified().toInstant());
    }
}
