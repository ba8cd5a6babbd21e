package io.fleetsdk.storage.nats;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.ByteRange;
import io.fleetsdk.storage.PresignedUrl;
import io.fleetsdk.storage.TransferProgress;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.storage.internal.FileDownload;
import io.fleetsdk.storage.internal.LocalContent;
import io.nats.client.api.ObjectInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Small objects, up to 10 MB, in the object stores of JetStream; each bucket is an object store, such as {@link #SKILLS}. The broker's
 * administrator creates them. An object is read into memory whole. None of the capabilities is offered. Thread-safe.
 */
public final class JetStreamBlobStore implements BlobStore {
    /** The bucket of skill definitions, a part of the fleet's topology. */
    public static final String SKILLS = "SKILL_DEFINITIONS";
    /** The largest object, in bytes. */
    public static final long LARGEST = 10_000_000;

    private final ObjectConnection connection;

    private JetStreamBlobStore(ObjectConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects, with a connection of its own.
     *
     * @throws UnavailableException if the broker cannot be reached
     */
    public static JetStreamBlobStore connect(NatsOptions options) {
        return new JetStreamBlobStore(ObjectConnection.open(options));
    }

    @Override
    public Set<BlobCapability> capabilities() {
        return Set.of();
    }

    @Override
    public Blob upload(BlobRef ref, BlobSource source, UploadOptions options) {
        checkOffered(options);
        try (LocalContent content = LocalContent.of(source, options.digest())) {
            if (content.size() > LARGEST) {
                throw new InvalidInputException("content", content.size() + " bytes", "must be at most " + LARGEST);
            }
            ObjectInfo stored = connection.ask("upload " + ref, ref.bucket(), store -> {
                try (var in = content.open(0, content.size())) {
                    return store.put(ObjectFacts.meta(ref, content.digest(), options), in);
                }
            });
            options.progress().transferred(content.size(), content.size());
            return verified(ObjectFacts.blob(ref.newest(), stored));
        } catch (IOException e) {
            throw new UnavailableException("upload " + ref + ": the content could not be read: " + e, e);
        }
    }

    @Override
    public BlobContent open(BlobRef ref, ByteRange range) {
        Blob blob = present(ref);
        if (range.offset() > 0 && range.offset() >= blob.size()) {
            throw new InvalidInputException("range", range.offset(), "must begin within " + ref);
        }
        byte[] content = content(ref);
        int from = (int) range.offset();
        int length = (int) range.lengthIn(content.length);
        return new BlobContent(blob, new ByteArrayInputStream(content, from, length));
    }

    @Override
    public Blob download(BlobRef ref, Path file, TransferProgress progress) {
        try (BlobContent content = open(ref)) {
            return new FileDownload(file, progress).of(content);
        }
    }

    @Override
    public Optional<Blob> head(BlobRef ref) {
        try {
            return info(ref).map(info -> ObjectFacts.blob(ref.newest(), info));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public Stream<BlobEntry> list(String bucket, String prefix) {
        return connection.ask("list " + bucket + "/" + prefix, bucket, store -> store.getList()).stream()
                .filter(info -> info.getObjectName().startsWith(prefix))
                .sorted((left, right) -> Arrays.compareUnsigned(bytes(left), bytes(right)))
                .map(info -> ObjectFacts.entry(bucket, info));
    }

    @Override
    public Stream<String> folders(String bucket, String prefix) {
        return list(bucket, prefix)
                .map(entry -> entry.key().indexOf('/', prefix.length()) < 0
                        ? ""
                        : entry.key().substring(0, entry.key().indexOf('/', prefix.length()) + 1))
                .filter(folder -> !folder.isEmpty())
                .distinct();
    }

    @Override
    public Stream<BlobEntry> versions(BlobRef ref) {
        throw lacking(BlobCapability.VERSIONING);
    }

    @Override
    public void delete(BlobRef ref) {
        if (head(ref).isPresent()) {
            connection.ask("delete " + ref, ref.bucket(), store -> store.delete(ref.key()));
        }
    }

    @Override
    public Blob copy(BlobRef from, BlobRef to) {
        Blob blob = present(from);
        UploadOptions options = UploadOptions.builder()
                .contentType(blob.contentType())
                .metadata(blob.metadata())
                .build();
        return upload(to, BlobSource.of(content(from)), options);
    }

    @Override
    public Map<String, String> tags(BlobRef ref) {
        throw lacking(BlobCapability.TAGS);
    }

    @Override
    public void tag(BlobRef ref, Map<String, String> tags) {
        throw lacking(BlobCapability.TAGS);
    }

    @Override
    public PresignedUrl presignDownload(BlobRef ref, Duration validFor) {
        throw lacking(BlobCapability.PRESIGNED_URLS);
    }

    @Override
    public PresignedUrl presignUpload(BlobRef ref, UploadOptions options, Duration validFor) {
        throw lacking(BlobCapability.PRESIGNED_URLS);
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "JetStream object stores";
    }

    /** With the broker's time, unless another writer has replaced it meanwhile. */
    private Blob verified(Blob sent) {
        return head(sent.ref())
                .filter(there -> there.etag().equals(sent.etag()))
                .orElse(sent);
    }

    private Blob present(BlobRef ref) {
        return head(ref).orElseThrow(() -> new NotFoundException("read " + ref + ": it is not there"));
    }

    /** The broker's client verifies the digest. */
    private byte[] content(BlobRef ref) {
        return connection.ask("read " + ref, ref.bucket(), store -> {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            store.get(ref.key(), content);
            return content.toByteArray();
        });
    }

    private Optional<ObjectInfo> info(BlobRef ref) {
        if (ref.version().isPresent()) {
            throw lacking(BlobCapability.VERSIONING);
        }
        return connection.ask("head " + ref, ref.bucket(), store -> Optional.ofNullable(store.getInfo(ref.key())));
    }

    private void checkOffered(UploadOptions options) {
        if (options.existing() == UploadOptions.Existing.REFUSE) {
            throw lacking(BlobCapability.CREATE_ONLY);
        }
        if (!options.tags().isEmpty()) {
            throw lacking(BlobCapability.TAGS);
        }
    }

    private InvalidInputException lacking(BlobCapability capability) {
        return new InvalidInputException("capabilities", List.of(capability), "are not offered by " + this);
    }

    private static byte[] bytes(ObjectInfo info) {
        return info.getObjectName().getBytes(StandardCharsets.UTF_8);
    }
}
