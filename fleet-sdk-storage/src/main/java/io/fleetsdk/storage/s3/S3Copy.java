package io.fleetsdk.storage.s3;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;

/** A copy within the store, without the bytes coming here. S3 copies at most 5 GiB at once; more goes in parts. */
record S3Copy(S3Client client, S3Calls calls, Blob from, BlobRef to, long mostAtOnce) {
    private static final long MOST_AT_ONCE = 5L * 1024 * 1024 * 1024;

    S3Copy(S3Client client, S3Calls calls, Blob from, BlobRef to) {
        this(client, calls, from, to, MOST_AT_ONCE);
    }

    Blob run() {
        if (from.size() <= mostAtOnce) {
            atOnce();
        } else {
            inParts();
        }
        return calls.find(
                        doing(),
                        () -> client.headObject(
                                request -> request.bucket(to.bucket()).key(to.key())))
                .map(head -> S3Metadata.blob(to, head))
                .orElseThrow(() -> new NotFoundException(doing() + ": the copy was removed at once"));
    }

    private void atOnce() {
        calls.change(
                doing(),
                () -> client.copyObject(
                        request -> request.sourceBucket(from.ref().bucket())
                                .sourceKey(from.ref().key())
                                .sourceVersionId(from.ref().version().orElse(null))
                                .destinationBucket(to.bucket())
                                .destinationKey(to.key())));
    }

    private void inParts() {
        String id = calls.read(
                        doing(),
                        () -> client.createMultipartUpload(request -> request.bucket(to.bucket())
                                .key(to.key())
                                .contentType(from.contentType())
                                .metadata(metadata())))
                .uploadId();
        try {
            List<CompletedPart> parts = parts(id);
            calls.change(
                    doing(),
                    () -> client.completeMultipartUpload(request -> request.bucket(to.bucket())
                            .key(to.key())
                            .uploadId(id)
                            .multipartUpload(whole -> whole.parts(parts))));
        } catch (RuntimeException e) {
            takeBack(id, e);
            throw e;
        }
    }

    private Map<String, String> metadata() {
        return calls.read(
                        doing(),
                        () -> client.headObject(
                                request -> request.bucket(from.ref().bucket())
                                        .key(from.ref().key())
                                        .versionId(from.ref().version().orElse(null))))
                .metadata();
    }

    private List<CompletedPart> parts(String id) {
        List<CompletedPart> parts = new ArrayList<>();
        for (long offset = 0; offset < from.size(); offset += mostAtOnce) {
            parts.add(part(id, parts.size() + 1, offset));
        }
        return parts;
    }

    private CompletedPart part(String id, int number, long offset) {
        long last = Math.min(offset + mostAtOnce, from.size()) - 1;
        CopyPartResult result = calls.read(
                        doing(),
                        () -> client.uploadPartCopy(
                                request -> request.sourceBucket(from.ref().bucket())
                                        .sourceKey(from.ref().key())
                                        .sourceVersionId(from.ref().version().orElse(null))
                                        .destinationBucket(to.bucket())
                                        .destinationKey(to.key())
                                        .uploadId(id)
                                        .partNumber(number)
                                        .copySourceRange("bytes=" + offset + "-" + last)))
                .copyPartResult();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(result.eTag())
                .checksumCRC32(result.checksumCRC32())
                .build();
    }

    private void takeBack(String id, RuntimeException failure) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(to.bucket()).key(to.key()).uploadId(id));
        } catch (SdkException e) {
            failure.addSuppressed(e);
        }
    }

    private String doing() {
        return "copy " + from.ref() + " to " + to;
    }
}
