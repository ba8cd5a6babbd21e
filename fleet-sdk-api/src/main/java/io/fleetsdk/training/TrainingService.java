package io.fleetsdk.training;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import java.util.List;
import java.util.Optional;

/**
 * Training as jobs: what was accepted is done by one of the workers, whatever becomes of this process. Whoever wants to follow a run
 * watches its job. Thread-safe.
 *
 * <p>Every method throws {@link io.fleetsdk.UnavailableException} if the broker or the store cannot be reached.
 */
public interface TrainingService {
    /**
     * Checks the dataset, file by file, and the checkpoint; then submits the run.
     *
     * @throws io.fleetsdk.NotFoundException if there is no such dataset or checkpoint; nothing is submitted
     * @throws io.fleetsdk.InvalidInputException if a file of the dataset is missing or is not what it was; nothing is submitted
     * @throws io.fleetsdk.UnknownOutcomeException if nobody knows whether it was submitted; submit again under the same id
     */
    TrainingRun submit(TrainingRequest request, JobOptions options);

    /** {@link #submit(TrainingRequest, JobOptions)} with every default. */
    default TrainingRun submit(TrainingRequest request) {
        return submit(request, JobOptions.defaults());
    }

    /** A run in whatever state; empty where nothing of it is kept, as of one that was cancelled before it began. */
    Optional<TrainingRun> find(JobId id);

    /**
     * The newest runs.
     *
     * @param limit 1 to 1,000
     */
    List<TrainingRun> list(int limit);

    /**
     * Ends a run that has not begun; stops one at work within 2 s, its checkpoints stay.
     *
     * @throws io.fleetsdk.NotFoundException if nothing of it is kept
     * @throws io.fleetsdk.ConflictException if it has ended
     */
    void cancel(JobId id);

    /**
     * Submits a new run that goes on from the last checkpoint of one that has ended.
     *
     * @throws io.fleetsdk.NotFoundException if nothing of it, or none of its checkpoints, is kept
     * @throws io.fleetsdk.ConflictException if it has not ended
     */
    TrainingRun resume(JobId id);
}
