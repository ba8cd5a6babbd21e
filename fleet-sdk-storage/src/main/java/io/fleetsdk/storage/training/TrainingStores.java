package io.fleetsdk.storage.training;

import io.fleetsdk.job.JobId;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.training.CheckpointRef;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a run's things come from and go to. Thread-safe.
 *
 * <p>Failures of every method: {@link io.fleetsdk.NotFoundException} where something is absent, {@link
 * io.fleetsdk.InvalidInputException} where it is not what it should be, {@link io.fleetsdk.UnavailableException} where trying again
 * may help.
 */
public interface TrainingStores {
    /** Reads a dataset through: each file is there and what its digest says. */
    void verifyDataset(String dataset);

    /** Puts the files of a dataset into a directory, verified. */
    void fetchDataset(String dataset, Path directory);

    /** Keeps a checkpoint; one of this run and epoch that is there stays as it is. */
    void keep(CheckpointRef checkpoint, Path file);

    /** The one of the highest epoch. */
    Optional<CheckpointRef> newestCheckpoint(JobId run);

    boolean exists(CheckpointRef checkpoint);

    /** Puts a checkpoint into a file, verified. */
    void fetch(CheckpointRef checkpoint, Path file);

    /**
     * Keeps what an attempt logged.
     *
     * @param gzip its lines, compressed
     */
    void keepLog(JobId run, int attempt, Path gzip);

    /** Registers a model's next version, signed; the one that this run has registered already is returned as it is. */
    ModelRef publish(TrainedModel model, Path onnx);
}
