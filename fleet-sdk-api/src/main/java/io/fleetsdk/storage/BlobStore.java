package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects in buckets. An object appears whole or not at all; its SHA-256 is kept with it and verified whenever it is read whole.
 * Memory is constant whatever the size. Calls that were cut off are tried again within the store's time limits. Thread-safe.
 *
 * <p>Failures of every call: {@link io.fleetsdk.NotFoundException} where bucket or object is absent,
 * {@link io.fleetsdk.InvalidInputException} where the store does not allow or does not offer what was asked for,
 * {@link io.fleetsdk.UnavailableException} where nothing was done, {@link io.fleetsdk.UnknownOutcomeException} where a change may
 * have been made.
 */
public interface BlobStore extends AutoCloseable {
    /** What this store can do beside the rest of this contract, as found when it was connected. */
    Set<BlobCapability> capabilities();

    /**
     * Stores an object. Until this returns nobody sees it; readers of one that it replaces see the old one whole.
     *
     * @return the object as stored, with its digest
     * @throws io.fleetsdk.ConflictException if there is one already and {@link UploadOptions.Existing#REFUSE} is set
     * @throws io.fleetsdk.InvalidInputException if the content is not of the digest given; nothing is stored
     */
    Blob upload(BlobRef ref, BlobSource content, UploadOptions options);

    /** {@link #upload(BlobRef, BlobSource, UploadOptions)} with the defaults. */
    default Blob upload(BlobRef ref, BlobSource content) {
        return upload(ref, content, UploadOptions.defaults());
    }

    /**
     * Begins to read a part of an object. Only the whole is verified.
     *
     * @throws io.fleetsdk.InvalidInputException if the range begins beyond the end
     */
    BlobContent open(BlobRef ref, ByteRange range);

    /** Begins to read an object. */
    default BlobContent open(BlobRef ref) {
        return open(ref, ByteRange.all());
    }

    /**
     * Reads an object into a file. The file appears whole and verified or not at all; one that is there is replaced.
     *
     * @throws CorruptBlobException if the content is not what was stored
     */
    Blob download(BlobRef ref, Path file, TransferProgress progress);

    /** {@link #download(BlobRef, Path, TransferProgress)} without progress. */
    default Blob download(BlobRef ref, Path file) {
        return download(ref, file, TransferProgress.none());
    }

    /** What is known about an object, or empty where it is not there. A missing bucket is "not there", too. */
    Optional<Blob> head(BlobRef ref);

    default boolean exists(BlobRef ref) {
        return head(ref).isPresent();
    }

    /**
     * All objects whose keys begin with the prefix, in the order of their keys' UTF-8 bytes. Pages are fetched while the stream is
     * read; what changes meanwhile may be seen or not. There is nothing to close.
     */
    Stream<BlobEntry> list(String bucket, String prefix);

    /** The names of the next level below a prefix that ends in {@code /} or is empty, such as {@code arm/v1/} below {@code arm/}. */
    Stream<String> folders(String bucket, String prefix);

    /** Every version of one object, newest first. Needs {@link BlobCapability#VERSIONING}. */
    Stream<BlobEntry> versions(BlobRef ref);

    /**
     * Removes an object, or the one version that is named. Absent already is fine. In a bucket with versions the older ones stay
     * readable by their version.
     */
    void delete(BlobRef ref);

    /** Copies an object with its metadata within the store, replacing what is there. */
    Blob copy(BlobRef from, BlobRef to);

    /**
     * {@link #copy} and then {@link #delete}: after a failure both may be there, never neither.
     *
     * @throws InvalidInputException if both are the same place
     */
    default Blob move(BlobRef from, BlobRef to) {
        if (from.newest().equals(to.newest())) {
            throw new InvalidInputException("to", to, "must be another place than the one to move from");
        }
        Blob moved = copy(from, to);
        delete(from);
        return moved;
    }

    /** Needs {@link BlobCapability#TAGS}. */
    Map<String, String> tags(BlobRef ref);

    /** Replaces all tags of an object. Needs {@link BlobCapability#TAGS}. */
    void tag(BlobRef ref, Map<String, String> tags);

    /**
     * An address to read the object from. Needs {@link BlobCapability#PRESIGNED_URLS}. Says nothing about whether it exists.
     *
     * @param validFor 1 s to 7 d
     */
    PresignedUrl presignDownload(BlobRef ref, Duration validFor);

    /**
     * An address to write the object to. Content type, metadata, digest and create-only are bound: whoever uses the address must send
     * them as headers. Needs {@link BlobCapability#PRESIGNED_URLS}.
     *
     * @param validFor 1 s to 7 d
     */
    PresignedUrl presignUpload(BlobRef ref, UploadOptions options, Duration validFor);

    /** Ends connections. Idempotent; throws nothing. */
    @Override
    void close();
}
