package io.fleetsdk.storage.dataset;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.CorruptBlobException;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Versions of data sets in the LeRobot format. A version is there whole or not at all, and never changes.
 *
 * <p>Files are kept under their digests at {@code NAME/files/SHA256}, so that versions share what they have in common; what a version
 * is made of is at {@code NAME/VERSION/manifest.json}, which is written last. Thread-safe; failures are those of {@link BlobStore}.
 */
public final class DatasetStore {
    private static final String FILES = "files";
    private static final String MANIFEST = "/manifest.json";

    private final BlobStore store;
    private final String bucket;
    private final JsonCodec json = new JacksonCodec();
    private final ManifestJson manifests = new ManifestJson(json);

    /** In the bucket {@link StorageLayout#DATASETS}. */
    public DatasetStore(BlobStore store) {
        this(store, StorageLayout.DATASETS);
    }

    public DatasetStore(BlobStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * Keeps a directory as a version. Files whose names begin with a dot are left out.
     *
     * @throws InvalidInputException if it is not a whole LeRobot data set, or the version is called {@code files}
     * @throws ConflictException if there is such a version already
     */
    public DatasetManifest upload(DatasetRef ref, Path directory) {
        if (ref.version().equals(FILES)) {
            throw new InvalidInputException("version", ref.version(), "must not be files");
        }
        if (find(ref).isPresent()) {
            throw new ConflictException("dataset " + ref + " is there already; versions never change");
        }
        try {
            LeRobotDirectory read = LeRobotDirectory.read(directory, json);
            DatasetManifest manifest = new DatasetManifest(
                    ref,
                    read.format(),
                    read.episodes(),
                    read.frames(),
                    read.files().stream()
                            .map(file -> keep(ref, file, read.path(file)))
                            .toList());
            publish(manifest);
            return manifest;
        } catch (IOException e) {
            throw new UnavailableException("dataset " + ref + " could not be read from " + directory + ": " + e, e);
        }
    }

    /** What a version is made of, or empty where there is none. */
    public Optional<DatasetManifest> find(DatasetRef ref) {
        BlobRef manifest = manifest(ref);
        if (!store.exists(manifest)) {
            return Optional.empty();
        }
        try (BlobContent content = store.open(manifest)) {
            return Optional.of(manifests.read(content.readAll()));
        }
    }

    /** All data sets by name. */
    public Stream<String> names() {
        return store.folders(bucket, "").map(DatasetStore::lastName);
    }

    /** The versions of one data set, by their names. */
    public Stream<DatasetRef> versions(String name) {
        return store.folders(bucket, name + "/")
                .map(DatasetStore::lastName)
                .filter(Predicate.not(FILES::equals))
                .map(version -> new DatasetRef(name, version))
                .filter(ref -> store.exists(manifest(ref)));
    }

    /**
     * Reads a version through: every file is there and what its digest says.
     *
     * @throws NotFoundException if there is no such version, or one of its files is missing
     * @throws CorruptBlobException if a file is not what was uploaded
     */
    public DatasetManifest verify(DatasetRef ref) {
        DatasetManifest manifest = present(ref);
        manifest.files().forEach(file -> verify(ref, file));
        return manifest;
    }

    /**
     * Puts a version into a directory, each file verified. After a failure some files may be there; each is whole.
     *
     * @throws NotFoundException if there is no such version, or one of its files is missing
     * @throws CorruptBlobException if a file is not what was uploaded
     */
    public DatasetManifest download(DatasetRef ref, Path directory) {
        DatasetManifest manifest = present(ref);
        manifest.files().forEach(file -> store.download(place(ref, file.digest()), within(directory, file)));
        return manifest;
    }

    /**
     * Reads one file.
     *
     * @throws NotFoundException if there is no such version or it has no such file
     */
    public BlobContent open(DatasetRef ref, String path) {
        return present(ref).files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .map(file -> store.open(place(ref, file.digest())))
                .orElseThrow(() -> new NotFoundException("dataset " + ref + " has no file " + path));
    }

    private DatasetManifest present(DatasetRef ref) {
        return find(ref).orElseThrow(() -> new NotFoundException("there is no dataset " + ref));
    }

    private DatasetManifest.File keep(DatasetRef ref, String path, Path file) {
        try {
            Digest digest = Digest.of(file);
            BlobRef place = place(ref, digest);
            Blob kept = store.head(place)
                    .orElseGet(() -> store.upload(
                            place,
                            BlobSource.of(file),
                            UploadOptions.builder().digest(digest).build()));
            return new DatasetManifest.File(path, kept.size(), digest);
        } catch (IOException e) {
            throw new UnavailableException("dataset " + ref + ": " + file + " could not be read: " + e, e);
        }
    }

    private void publish(DatasetManifest manifest) {
        store.upload(
                manifest(manifest.ref()),
                BlobSource.of(manifests.write(manifest)),
                UploadOptions.builder()
                        .contentType("application/json")
                        .createOnly()
                        .build());
    }

    /** The object's name is its digest, so what it was stored with must be the same. */
    private void verify(DatasetRef ref, DatasetManifest.File file) {
        try (BlobContent content = store.open(place(ref, file.digest()))) {
            Digest found = Digest.of(content.stream());
            if (!found.equals(file.digest())) {
                throw new CorruptBlobException(content.blob().ref(), file.digest(), found);
            }
        } catch (IOException e) {
            throw new UnavailableException("dataset " + ref + ": " + file.path() + " could not be read: " + e, e);
        }
    }

    /** A manifest that was tampered with writes nowhere else. */
    private static Path within(Path directory, DatasetManifest.File file) {
        Path root = directory.toAbsolutePath().normalize();
        Path target = root.resolve(file.path()).normalize();
        if (!target.startsWith(root) || target.equals(root)) {
            throw new InvalidInputException("path", file.path(), "must lie within the data set");
        }
        return target;
    }

    private BlobRef manifest(DatasetRef ref) {
        return BlobRef.of(bucket, ref.name() + "/" + ref.version() + MANIFEST);
    }

    private BlobRef place(DatasetRef ref, Digest digest) {
        return BlobRef.of(bucket, ref.name() + "/" + FILES + "/" + digest.hex());
    }

    private static String lastName(String folder) {
        String path = folder.substring(0, folder.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
