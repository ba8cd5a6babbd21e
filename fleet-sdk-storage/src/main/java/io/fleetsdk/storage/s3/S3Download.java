package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.ByteRange;
import io.fleetsdk.storage.internal.VerifyingStream;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** One object on its way from the store. */
record S3Download(S3Client client, S3Calls calls, BlobRef ref, ByteRange range) {

    BlobContent open() {
        ResponseInputStream<GetObjectResponse> first = calls.read(doing(), () -> get(range, Optional.empty()));
        Blob blob = S3Metadata.blob(ref, first.response());
        InputStream resuming = new ResumingStream(this, blob, first);
        return new BlobContent(
                blob,
                blob.digest()
                        .filter(digest -> range.isAll())
                        .<InputStream>map(digest -> new VerifyingStream(resuming, ref, digest))
                        .orElse(resuming));
    }

    /** The same object from a later byte on, or a conflict when another is there by now. */
    ResponseInputStream<GetObjectResponse> again(Blob blob, long position, long end) {
        return get(ByteRange.of(position, end - position), Optional.of(blob));
    }

    String doing() {
        return "read " + ref;
    }

    private ResponseInputStream<GetObjectResponse> get(ByteRange part, Optional<Blob> same) {
        BlobRef from = same.map(Blob::ref).orElse(ref);
        return client.getObject(request -> request.bucket(from.bucket())
                .key(from.key())
                .versionId(from.version().orElse(null))
                .ifMatch(same.map(blob -> "\"" + blob.etag() + "\"").orElse(null))
                .range(header(part)));
    }

    private static @Nullable String header(ByteRange part) {
        if (part.isAll()) {
            return null;
        }
        String last = part.length().isPresent()
                ? String.valueOf(part.offset() + part.length().getAsLong() - 1)
                : "";
        return "bytes=" + part.offset() + "-" + last;
    }
}
