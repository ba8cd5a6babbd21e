package io.fleetsdk.storage.training;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.training.CheckpointRef;
import java.nio.file.Path;
import java.util.Optional;

/** Where nothing can be kept. */
final class NoStores implements TrainingStores {
    @Override
    public void verifyDataset(String dataset) {
        throw absent();
    }

    @Override
    public void fetchDataset(String dataset, Path directory) {
        throw absent();
    }

    @Override
    public void keep(CheckpointRef checkpoint, Path file) {
        throw absent();
    }

    @Override
    public Optional<CheckpointRef> newestCheckpoint(JobId run) {
        throw absent();
    }

    @Override
    public boolean exists(CheckpointRef checkpoint) {
        throw absent();
    }

    @Override
    public void fetch(CheckpointRef checkpoint, Path file) {
        throw absent();
    }

    @Override
    public void keepLog(JobId run, int attempt, Path gzip) {
        throw absent();
    }

    @Override
    public ModelRef publish(TrainedModel model, Path onnx) {
        throw absent();
    }

    private static UnavailableException absent() {
        return new UnavailableException("there is no store for datasets, checkpoints and models here", null);
    }
}
