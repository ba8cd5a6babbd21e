package io.fleetsdk.storage.model;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Models as files in bucket {@value #BUCKET}, each under its digest, and as versions in the registry. The file comes first: a
 * version that is told of has its file, and a file that nobody tells of is found by nobody. Pushing it again uses it. Memory is
 * constant whatever the size. Thread-safe.
 */
public final class ModelStore {
    /** Where models are kept. */
    public static final String BUCKET = StorageLayout.MODELS;

    private static final int TRIES_FOR_A_NUMBER = 50;

    private final BlobStore blobs;
    private final ModelRegistry registry;
    private final Clock clock;

    public ModelStore(BlobStore blobs, ModelRegistry registry, Clock clock) {
        this.blobs = blobs;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Takes a file in and publishes it as a version.
     *
     * @param content an ONNX model of at most 2 GiB
     * @throws InvalidInputException if it is no ONNX model, is cut off, or keeps its weights elsewhere; nothing is stored
     * @throws ConflictException if the version that was asked for is published already; the file may have been stored
     * @throws UncheckedIOException if the content cannot be read
     */
    public ModelVersion push(BlobSource content, ModelPush push) {
        try (ModelFile file = ModelFile.of(content)) {
            OnnxModel onnx = OnnxModel.read(file.path());
            ModelFacts facts = push.facts().toBuilder()
                    .inputs(onnx.inputs())
                    .outputs(onnx.outputs())
                    .build();
            store(file);
            return publish(file, facts, push);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void store(ModelFile file) {
        BlobRef ref = place(file.digest());
        if (!isStored(ref, file)) {
            UploadOptions whole = UploadOptions.builder().digest(file.digest()).build();
            blobs.upload(ref, BlobSource.of(file.path()), whole);
        }
    }

    private boolean isStored(BlobRef ref, ModelFile file) {
        return blobs.head(ref)
                .filter(blob -> blob.size() == file.length())
                .flatMap(Blob::digest)
                .filter(file.digest()::equals)
                .isPresent();
    }

    /** Somebody else may take the number first; one that was asked for is not replaced by another. */
    private ModelVersion publish(ModelFile file, ModelFacts facts, ModelPush push) {
        if (push.version().isPresent()) {
            return publish(file, facts, push, push.version().getAsLong());
        }
        RetryConfig untilFree = RetryConfig.custom()
                .maxAttempts(TRIES_FOR_A_NUMBER)
                .waitDuration(Duration.ofMillis(1))
                .retryExceptions(ConflictException.class)
                .build();
        return Retry.of("publish " + push.model(), untilFree)
                .executeSupplier(() -> publish(file, facts, push, registry.nextVersion(push.model())));
    }

    private ModelVersion publish(ModelFile file, ModelFacts facts, ModelPush push, long version) {
        ModelManifest manifest = ModelManifest.of(
                new ModelRef(push.model(), version), file.digest(), file.length(), clock.instant(), push.expires());
        List<ModelSignature> signatures =
                push.signer().map(signer -> signer.sign(manifest)).stream().toList();
        return registry.publish(manifest, facts, signatures);
    }

    /**
     * Fetches a version's file, if it may be used. The file appears whole and verified or not at all.
     *
     * @param verifier whose signatures are trusted
     * @param target replaced where it is there already
     * @throws NotFoundException if there is no such version, or its file is gone
     * @throws UntrustedModelException if it must not be used
     */
    public ModelVersion download(ModelRef ref, Path target, ModelVerifier verifier) {
        ModelVersion version = required(ref);
        verifier.verify(version);
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (InputStream content = open(version)) {
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ModelFile.remove(part);
        }
    }

    /**
     * Begins to read a version's file. Whether anybody trusted has signed it is for the reader to verify; that it is the file of the
     * manifest is made sure of here: where it is not, the end of the stream throws {@link UntrustedModelException}.
     *
     * @throws NotFoundException if the file is gone
     */
    public InputStream open(ModelVersion version) {
        BlobContent content = blobs.open(place(version.manifest().digest()));
        return new ManifestStream(version.manifest(), content.stream());
    }

    private ModelVersion required(ModelRef ref) {
        return registry.find(ref).orElseThrow(() -> new NotFoundException("there is no model " + ref));
    }

    private static BlobRef place(Digest digest) {
        return BlobRef.of(BUCKET, "sha256/" + digest.hex() + ".onnx");
    }
}
