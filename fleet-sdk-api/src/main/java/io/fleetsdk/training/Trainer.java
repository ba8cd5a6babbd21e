package io.fleetsdk.training;

/**
 * Does the work of training: in this process, or by a program of its own. Thread-safe: runs may go on at the same time.
 *
 * <p>A run is begun anew when its worker vanishes, from the last checkpoint that was kept. So a trainer that can go on from one of
 * its checkpoints loses little; one that writes none starts over.
 */
public interface Trainer {
    /** By which requests name it; one token. */
    String name();

    /**
     * Does the work of one attempt on the caller's thread, which is interrupted when it should stop.
     *
     * @throws io.fleetsdk.InvalidInputException if the parameters or the dataset break a rule; another attempt would as well
     * @throws io.fleetsdk.job.JobCancelledException let through, after {@link TrainingContext#throwIfCancelled}
     * @throws Exception any other: the attempt failed, and may be followed by another one
     */
    TrainingOutput run(TrainingContext context) throws Exception;
}
