package io.fleetsdk.storage.s3;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.Buckets;
import io.fleetsdk.storage.ByteRange;
import io.fleetsdk.storage.PresignedUrl;
import io.fleetsdk.storage.TransferProgress;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.storage.internal.FileDownload;
import io.fleetsdk.storage.internal.LocalContent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Objects on an S3 store.
 *
 * <pre>{@code
 * S3Options options = S3Options.of(URI.create("https://s3.example:9000"), S3Credentials.environment());
 * try (S3BlobStore store = S3BlobStore.connect(options)) {
 *     store.upload(BlobRef.of("robot-logs", "RB-1/motor.log.gz"), BlobSource.of(file));
 * }
 * }</pre>
 *
 * <p>Bucket names are those of S3: 3 to 63 of {@code a-z 0-9 . -}. Thread-safe.
 */
public final class S3BlobStore implements BlobStore {
    private final S3Options options;
    private final S3Client client;
    private final S3Presigner presigner;
    private final S3Calls calls;
    private final S3Listing listing;
    private final MultipartUpload.Parts parts;
    private final Set<BlobCapability> capabilities;

    private S3BlobStore(S3Options options, S3Client client, S3Calls calls, Set<BlobCapability> capabilities) {
        this.options = options;
        this.client = client;
        this.calls = calls;
        this.capabilities = capabilities;
        this.presigner = S3Clients.presigner(options);
        this.listing = new S3Listing(client, calls);
        this.parts = new MultipartUpload.Parts(options.parallelParts());
    }

    /**
     * Connects, and finds out what the store can do unless the options say it.
     *
     * @throws UnavailableException if it cannot be reached
     * @throws InvalidInputException if it refuses the credentials
     */
    public static S3BlobStore connect(S3Options options) {
        S3Client client = S3Clients.client(options);
        try {
            S3Calls calls = new S3Calls(options.patience());
            Set<BlobCapability> able =
                    options.capabilities().orElseGet(() -> new CapabilityProbe(client, calls).capabilities());
            return new S3BlobStore(options, client, calls, able);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public Set<BlobCapability> capabilities() {
        return capabilities;
    }

    /** The buckets of this store. */
    public Buckets buckets() {
        return new S3Buckets(client, calls, capabilities);
    }

    @Override
    public Blob upload(BlobRef ref, BlobSource source, UploadOptions upload) {
        S3Names.check(ref);
        checkOffered(upload);
        try (LocalContent content = LocalContent.of(source, upload.digest())) {
            S3Upload one = new S3Upload(client, calls, options, ref.newest(), content, upload);
            return content.size() <= options.partSize()
                    ? one.inOnePiece()
                    : new MultipartUpload(one, parts, options.partSize()).run();
        } catch (IOException e) {
            throw new UnavailableException("upload " + ref + ": the content could not be read: " + e, e);
        }
    }

    @Override
    public BlobContent open(BlobRef ref, ByteRange range) {
        S3Names.check(ref);
        return new S3Download(client, calls, ref, range).open();
    }

    @Override
    public Blob download(BlobRef ref, Path file, TransferProgress progress) {
        try (BlobContent content = open(ref)) {
            return new FileDownload(file, progress).of(content);
        }
    }

    @Override
    public Optional<Blob> head(BlobRef ref) {
        S3Names.check(ref);
        return calls.find(
                        "head " + ref,
                        () -> client.headObject(request -> request.bucket(ref.bucket())
                                .key(ref.key())
                                .versionId(ref.version().orElse(null))))
                .map(head -> S3Metadata.blob(ref, head));
    }

    @Override
    public Stream<BlobEntry> list(String bucket, String prefix) {
        return listing.objects(S3Names.checkedBucket(bucket), prefix);
    }

    @Override
    public Stream<String> folders(String bucket, String prefix) {
        return listing.folders(S3Names.checkedBucket(bucket), prefix);
    }

    @Override
    public Stream<BlobEntry> versions(BlobRef ref) {
        S3Names.check(ref);
        BlobCapability.require(this, List.of(BlobCapability.VERSIONING));
        return listing.versions(ref);
    }

    @Override
    public void delete(BlobRef ref) {
        S3Names.check(ref);
        calls.change(
                "delete " + ref,
                () -> client.deleteObject(request -> request.bucket(ref.bucket())
                        .key(ref.key())
                        .versionId(ref.version().orElse(null))));
    }

    @Override
    public Blob copy(BlobRef from, BlobRef to) {
        S3Names.check(to);
        Blob source = head(from).orElseThrow(() -> new NotFoundException("copy " + from + ": it is not there"));
        return new S3Copy(client, calls, source, to.newest()).run();
    }

    @Override
    public Map<String, String> tags(BlobRef ref) {
        S3Names.check(ref);
        BlobCapability.require(this, List.of(BlobCapability.TAGS));
        return calls
                .read(
                        "tags of " + ref,
                        () -> client.getObjectTagging(request -> request.bucket(ref.bucket())
                                .key(ref.key())
                                .versionId(ref.version().orElse(null))))
                .tagSet()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
    }

    @Override
    public void tag(BlobRef ref, Map<String, String> tags) {
        S3Names.check(ref);
        BlobCapability.require(this, List.of(BlobCapability.TAGS));
        Tagging tagging = S3Tags.of(UploadOptions.builder().tags(tags).build().tags());
        calls.change(
                "tag " + ref,
                () -> client.putObjectTagging(request -> request.bucket(ref.bucket())
                        .key(ref.key())
                        .versionId(ref.version().orElse(null))
                        .tagging(tagging)));
    }

    @Override
    public PresignedUrl presignDownload(BlobRef ref, Duration validFor) {
        S3Names.check(ref);
        return new S3Signing(presigner, validFor).download(ref);
    }

    @Override
    public PresignedUrl presignUpload(BlobRef ref, UploadOptions upload, Duration validFor) {
        S3Names.check(ref);
        checkOffered(upload);
        return new S3Signing(presigner, validFor).upload(ref, upload);
    }

    /** Ends uploads that are under way, and the connections. Idempotent. */
    @Override
    public void close() {
        parts.close();
        presigner.close();
        client.close();
    }

    /** Where the store is; no secrets. */
    @Override
    public String toString() {
        return "S3 store " + options.endpoint().map(Object::toString).orElse("of AWS in " + options.region());
    }

    private void checkOffered(UploadOptions upload) {
        if (upload.existing() == UploadOptions.Existing.REFUSE) {
            BlobCapability.require(this, List.of(BlobCapability.CREATE_ONLY));
        }
        if (!upload.tags().isEmpty()) {
            BlobCapability.require(this, List.of(BlobCapability.TAGS));
        }
    }
}
