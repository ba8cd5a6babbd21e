package io.fleetsdk.training;

import io.fleetsdk.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/** What a trainer knows of its attempt and can say. Thread-safe; of no use after {@link Trainer#run} has returned. */
public interface TrainingContext {
    TrainingTask task();

    /** What the request says about how to learn; the trainer's own rules. */
    JsonObject parameters();

    /** The files of the dataset, verified; not to be written to. */
    Path dataset();

    /** Where the trainer may write: empty at the beginning, gone after the attempt. */
    Path directory();

    /** Where to go on; empty where there is nothing to go on from. */
    Optional<SavedEpoch> checkpoint();

    /** Epochs from one checkpoint to the next, at least 1. The end of the last epoch is always worth one. */
    int checkpointEvery();

    /** Whether a checkpoint is due after this epoch. */
    default boolean checkpointDue(int epoch, int lastEpoch) {
        return epoch == lastEpoch || epoch % checkpointEvery() == 0;
    }

    /**
     * Says what an epoch came to; also a sign of life.
     *
     * @param epochs how many there will be, as far as is known
     */
    void report(EpochReport report, int epochs);

    /**
     * Keeps a checkpoint. When this returns another attempt, on whatever machine, can go on from it.
     *
     * @throws io.fleetsdk.UnavailableException if it is not kept; the work may go on
     */
    void checkpoint(SavedEpoch saved);

    /** A line for whoever reads how it went; kept with the run. */
    void log(String line);

    /** Whether it should stop. The thread of {@link Trainer#run} is interrupted as well. */
    boolean isCancelled();

    /**
     * @throws io.fleetsdk.job.JobCancelledException if it should stop
     */
    void throwIfCancelled();

    /** Called when it should stop, on another thread; at once where it should already. */
    void onCancel(Runnable action);
}
