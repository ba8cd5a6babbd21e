package io.fleetsdk.storage.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.CorruptBlobException;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.storage.checkpoint.CheckpointStore;
import io.fleetsdk.storage.dataset.DatasetRef;
import io.fleetsdk.storage.dataset.DatasetStore;
import io.fleetsdk.storage.model.ModelPush;
import io.fleetsdk.storage.model.ModelStore;
import io.fleetsdk.training.CheckpointRef;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run's things in the object store and in the registry: datasets by {@code NAME@VERSION}, checkpoints by run and epoch, logs at {@code
 * training/RUN/attempt-N.log.gz} in the bucket of the robots' logs, models as signed versions.
 */
public final class StoredTraining implements TrainingStores {
    private static final String PUBLISHER = "training";

    private final BlobStore blobs;
    private final DatasetStore datasets;
    private final CheckpointStore checkpoints;
    private final ModelStore models;
    private final ModelRegistry registry;
    private final Optional<ModelSigner> signer;

    /**
     * @param signer empty where models wait for somebody else's signature
     */
    public StoredTraining(BlobStore blobs, ModelRegistry registry, Optional<ModelSigner> signer, Clock clock) {
        this.blobs = blobs;
        this.datasets = new DatasetStore(blobs);
        this.checkpoints = new CheckpointStore(blobs);
        this.models = new ModelStore(blobs, registry, clock);
        this.registry = registry;
        this.signer = signer;
    }

    @Override
    public void verifyDataset(String dataset) {
        try {
            datasets.verify(DatasetRef.parse(dataset));
        } catch (CorruptBlobException e) {
            throw new InvalidInputException("dataset", dataset, "must be as it was uploaded: " + e.getMessage());
        }
    }

    @Override
    public void fetchDataset(String dataset, Path directory) {
        datasets.download(DatasetRef.parse(dataset), directory);
    }

    @Override
    public void keep(CheckpointRef checkpoint, Path file) {
        checkpoints.keep(checkpoint.run().value(), checkpoint.epoch(), BlobSource.of(file), Map.of());
    }

    @Override
    public Optional<CheckpointRef> newestCheckpoint(JobId run) {
        return checkpoints.newest(run.value()).map(newest -> new CheckpointRef(run, newest.epoch()));
    }

    @Override
    public boolean exists(CheckpointRef checkpoint) {
        return checkpoints.find(checkpoint.run().value(), checkpoint.epoch()).isPresent();
    }

    @Override
    public void fetch(CheckpointRef checkpoint, Path file) {
        checkpoints.fetch(checkpoint.run().value(), checkpoint.epoch(), file);
    }

    @Override
    public void keepLog(JobId run, int attempt, Path gzip) {
        String key = String.format(Locale.ROOT, "training/%s/attempt-%05d.log.gz", run, attempt);
        UploadOptions options =
                UploadOptions.builder().contentType("application/gzip").build();
        blobs.upload(BlobRef.of(StorageLayout.LOGS, key), BlobSource.of(gzip), options);
    }

    /** A worker may have been killed between registering a version and saying so. */
    @Override
    public ModelRef publish(TrainedModel model, Path onnx) {
        return registry.versions(model.name()).stream()
                .filter(version -> version.facts().trainingJob().equals(Optional.of(model.job())))
                .findFirst()
                .map(ModelVersion::ref)
                .orElseGet(() -> models.push(BlobSource.of(onnx), push(model)).ref());
    }

    private ModelPush push(TrainedModel model) {
        ModelFacts.Builder facts = ModelFacts.builder()
                .embodiments(model.embodiments())
                .metrics(model.metrics())
                .trainingJob(model.job())
                .publishedBy(PUBLISHER);
        model.dataset().ifPresent(facts::dataset);
        ModelPush push = ModelPush.of(model.name()).withFacts(facts.build());
        return signer.map(push::withSigner).orElse(push);
    }
}
