package io.fleetsdk.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A store nothing may be asked of, for what the contract itself refuses. */
final class UntouchedStore implements BlobStore {
    @Override
    public Set<BlobCapability> capabilities() {
        return Set.of(BlobCapability.CREATE_ONLY);
    }

    @Override
    public Blob upload(BlobRef ref, BlobSource content, UploadOptions options) {
        throw new AssertionError("upload " + ref);
    }

    @Override
    public BlobContent open(BlobRef ref, ByteRange range) {
        throw new AssertionError("open " + ref);
    }

    @Override
    public Blob download(BlobRef ref, Path file, TransferProgress progress) {
        throw new AssertionError("download " + ref);
    }

    @Override
    public Optional<Blob> head(BlobRef ref) {
        throw new AssertionError("head " + ref);
    }

    @Override
    public Stream<BlobEntry> list(String bucket, String prefix) {
        throw new AssertionError("list " + bucket);
    }

    @Override
    public Stream<String> folders(String bucket, String prefix) {
        throw new AssertionError("folders " + bucket);
    }

    @Override
    public Stream<BlobEntry> versions(BlobRef ref) {
        throw new AssertionError("versions " + ref);
    }

    @Override
    public void delete(BlobRef ref) {
        throw new AssertionError("delete " + ref);
    }

    @Override
    public Blob copy(BlobRef from, BlobRef to) {
        throw new AssertionError("copy " + from);
    }

    @Override
    public Map<String, String> tags(BlobRef ref) {
        throw new AssertionError("tags " + ref);
    }

    @Override
    public void tag(BlobRef ref, Map<String, String> tags) {
        throw new AssertionError("tag " + ref);
    }

    @Override
    public PresignedUrl presignDownload(BlobRef ref, Duration validFor) {
        throw new AssertionError("presign " + ref);
    }

    @Override
    public PresignedUrl presignUpload(BlobRef ref, UploadOptions options, Duration validFor) {
        throw new AssertionError("presign " + ref);
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "an untouched store";
    }
}
