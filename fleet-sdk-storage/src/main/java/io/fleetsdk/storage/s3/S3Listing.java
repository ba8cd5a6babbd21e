package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.internal.Pages;
import io.fleetsdk.storage.internal.Pages.Page;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listings, page by page. */
record S3Listing(S3Client client, S3Calls calls) {
    private static final char BETWEEN_MARKERS = '\n';

    Stream<BlobEntry> objects(String bucket, String prefix) {
        return Pages.stream(place -> {
            ListObjectsV2Response page = page(bucket, prefix, null, place);
            List<BlobEntry> entries = page.contents().stream()
                    .filter(object -> !object.key().endsWith("/"))
                    .map(object -> entry(bucket, object))
                    .toList();
            return new Page<>(entries, Optional.ofNullable(page.nextContinuationToken()));
        });
    }

    Stream<String> folders(String bucket, String prefix) {
        return Pages.stream(place -> {
            ListObjectsV2Response page = page(bucket, prefix, "/", place);
            List<String> names =
                    page.commonPrefixes().stream().map(CommonPrefix::prefix).toList();
            return new Page<>(names, Optional.ofNullable(page.nextContinuationToken()));
        });
    }

    /** Keys come in order, so that those of other objects come after all versions of this one. */
    Stream<BlobEntry> versions(BlobRef ref) {
        Stream<ObjectVersion> all = Pages.stream(place -> {
            ListObjectVersionsResponse page = versionsPage(ref, place);
            Optional<String> next = Optional.ofNullable(page.nextKeyMarker())
                    .map(key -> key + BETWEEN_MARKERS + page.nextVersionIdMarker());
            return new Page<>(page.versions(), next);
        });
        return all.takeWhile(version -> version.key().equals(ref.key())).map(version -> entry(ref, version));
    }

    private ListObjectsV2Response page(
            String bucket, String prefix, @Nullable String delimiter, Optional<String> place) {
        return calls.read(
                "list " + bucket + "/" + prefix,
                () -> client.listObjectsV2(request -> request.bucket(bucket)
                        .prefix(prefix)
                        .delimiter(delimiter)
                        .continuationToken(place.orElse(null))));
    }

    private ListObjectVersionsResponse versionsPage(BlobRef ref, Optional<String> place) {
        Optional<String[]> markers = place.map(text -> text.split("\n", 2));
        return calls.read(
                "versions of " + ref,
                () -> client.listObjectVersions(request -> request.bucket(ref.bucket())
                        .prefix(ref.key())
                        .keyMarker(markers.map(marker -> marker[0]).orElse(null))
                        .versionIdMarker(markers.map(marker -> marker[1]).orElse(null))));
    }

    private static BlobEntry entry(String bucket, S3Object object) {
        return new BlobEntry(
                BlobRef.of(bucket, object.key()), object.size(), etag(object.eTag()), object.lastModified());
    }

    /** Some stores list an object without, when it was not written through them. */
    private static String etag(@Nullable String etag) {
        return etag == null ? "" : S3Metadata.unquoted(etag);
    }

    private static BlobEntry entry(BlobRef ref, ObjectVersion version) {
        return new BlobEntry(
                S3Metadata.versioned(ref.newest(), version.versionId()),
                version.size(),
                S3Metadata.unquoted(version.eTag()),
                version.lastModified());
    }
}
