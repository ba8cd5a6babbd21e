package io.fleetsdk.storage.s3;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What goes with an object as its metadata: the user's entries, its digest, and the number of the upload that wrote it. */
record S3Metadata(Map<String, String> entries) {
    private static final String DIGEST = "sha256";
    /** Tells a writer whose answer got lost whether the object there is its own. */
    private static final String UPLOAD = "fleet-upload";

    static S3Metadata of(Map<String, String> user, Digest digest, String upload) {
        Map<String, String> all = new HashMap<>(user);
        all.put(DIGEST, digest.hex());
        all.put(UPLOAD, upload);
        return new S3Metadata(Map.copyOf(all));
    }

    boolean isOfUpload(String number) {
        return number.equals(entries.get(UPLOAD));
    }

    Optional<Digest> digest() {
        try {
            return Optional.ofNullable(entries.get(DIGEST)).map(Digest::parse);
        } catch (InvalidInputException e) {
            return Optional.empty(); // somebody else's entry of that name
        }
    }

    private Map<String, String> user() {
        Map<String, String> user = new HashMap<>(entries);
        user.remove(DIGEST);
        user.remove(UPLOAD);
        return Map.copyOf(user);
    }

    static Blob blob(BlobRef ref, HeadObjectResponse head) {
        return new S3Metadata(head.metadata())
                .blob(
                        versioned(ref, head.versionId()),
                        head.contentLength(),
                        head.eTag(),
                        head.lastModified(),
                        head.contentType());
    }

    /** Of an answer to a request for the whole or a part, which says how large the whole is. */
    static Blob blob(BlobRef ref, GetObjectResponse answer) {
        Optional<String> range = Optional.ofNullable(answer.contentRange());
        long size = range.map(text -> Long.parseLong(text.substring(text.lastIndexOf('/') + 1)))
                .orElseGet(answer::contentLength);
        return new S3Metadata(answer.metadata())
                .blob(
                        versioned(ref, answer.versionId()),
                        size,
                        answer.eTag(),
                        answer.lastModified(),
                        answer.contentType());
    }

    private Blob blob(BlobRef ref, long size, String etag, Instant modified, @Nullable String contentType) {
        String type = Optional.ofNullable(contentType).orElse("application/octet-stream");
        return new Blob(ref, size, digest(), unquoted(etag), modified, type, user());
    }

    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    /** A bucket that never had versions names none, or calls its only one "null". */
    static BlobRef versioned(BlobRef ref, @Nullable String version) {
        return version == null || version.equals("null") ? ref : ref.withVersion(version);
    }
}
