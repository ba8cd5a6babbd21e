package io.fleetsdk.storage.s3;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.storage.internal.LocalContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.Tagging;

/** One object on its way to the store. */
final class S3Upload {
    final S3Client client;
    final S3Calls calls;
    final BlobRef ref;
    final LocalContent content;
    final UploadOptions options;
    final S3Metadata metadata;
    private final S3Options settings;
    private final String number = UUID.randomUUID().toString();

    S3Upload(
            S3Client client,
            S3Calls calls,
            S3Options settings,
            BlobRef ref,
            LocalContent content,
            UploadOptions options) {
        this.client = client;
        this.calls = calls;
        this.settings = settings;
        this.ref = ref;
        this.content = content;
        this.options = options;
        this.metadata = S3Metadata.of(options.metadata(), content.digest(), number);
    }

    /** What the store answered to the request that made the object visible. */
    record Stored(BlobRef ref, String etag) {}

    Blob inOnePiece() throws IOException {
        RequestBody body = body(0, content.size());
        Stored stored = stored(() -> {
            PutObjectResponse answer = client.putObject(this::describe, body);
            return stored(answer.versionId(), answer.eTag());
        });
        content.checkUnchanged();
        options.progress().transferred(content.size(), content.size());
        return verified(stored);
    }

    /**
     * Sends the request that makes the object visible. Where its answer got lost and it was sent again, the store may now say that
     * there is such an object already, or that it no longer knows of this upload: then the object there tells whether it is this one.
     */
    Stored stored(Supplier<Stored> request) {
        try {
            return calls.change(doing(), request);
        } catch (ConflictException | NotFoundException e) {
            return ownObject().orElseThrow(() -> e);
        }
    }

    Stored stored(@Nullable String version, String etag) {
        return new Stored(S3Metadata.versioned(ref, version), S3Metadata.unquoted(etag));
    }

    /** The object as the store has it, unless another writer has replaced it meanwhile. */
    Blob verified(Stored stored) {
        Optional<HeadObjectResponse> head = head(stored.ref());
        if (head.isPresent() && head.get().metadata().isEmpty()) {
            throw new InvalidInputException("endpoint", ref, "must keep the metadata of objects: the digest is lost");
        }
        return head.filter(this::isOwn)
                .map(own -> S3Metadata.blob(stored.ref(), own))
                .orElseGet(() -> asSent(stored));
    }

    /** With the time of this machine, for the store no longer tells its own. */
    private Blob asSent(Stored stored) {
        return new Blob(
                stored.ref(),
                content.size(),
                Optional.of(content.digest()),
                stored.etag(),
                Instant.now(),
                options.contentType(),
                options.metadata());
    }

    boolean isThere() {
        return head(ref).isPresent();
    }

    String doing() {
        return "upload " + ref;
    }

    @Nullable
    String ifNoneMatch() {
        return options.existing() == UploadOptions.Existing.REFUSE ? "*" : null;
    }

    @Nullable
    Tagging tagging() {
        return options.tags().isEmpty() ? null : S3Tags.of(options.tags());
    }

    RequestBody body(long offset, long length) {
        return RequestBody.fromContentProvider(() -> part(offset, length), length, options.contentType());
    }

    private InputStream part(long offset, long length) {
        try {
            return content.open(offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describe(PutObjectRequest.Builder request) {
        request.bucket(ref.bucket())
                .key(ref.key())
                .contentType(options.contentType())
                .metadata(metadata.entries())
                .tagging(tagging())
                .ifNoneMatch(ifNoneMatch())
                .overrideConfiguration(timeToSend(content.size()));
    }

    AwsRequestOverrideConfiguration timeToSend(long bytes) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.timeToSend(bytes))
                .build();
    }

    private Optional<Stored> ownObject() {
        return head(ref).filter(this::isOwn).map(head -> stored(head.versionId(), head.eTag()));
    }

    private boolean isOwn(HeadObjectResponse head) {
        return new S3Metadata(head.metadata()).isOfUpload(number);
    }

    private Optional<HeadObjectResponse> head(BlobRef of) {
        return calls.find(
                doing(),
                () -> client.headObject(request -> request.bucket(of.bucket())
                        .key(of.key())
                        .versionId(of.version().orElse(null))));
    }
}
