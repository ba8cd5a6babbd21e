package io.fleetsdk.job;

import java.util.List;
import java.util.Optional;

/** The jobs of a queue that were given up, kept for 30 days. Thread-safe. */
public interface DeadLetters {
    /**
     * @param limit 1 to 1,000
     * @return newest first
     */
    List<DeadLetter> list(int limit);

    Optional<DeadLetter> find(JobId id);

    /**
     * Puts the job back into its queue under the same id, with all its attempts before it; its retry policy starts afresh. Only then
     * the dead letter goes.
     *
     * @throws io.fleetsdk.InvalidInputException if its message is no job, so that no worker could run it
     * @throws io.fleetsdk.ConflictException if it has failed again meanwhile
     * @throws io.fleetsdk.NotFoundException if it is not in the dead letters
     */
    void retry(JobId id);

    /** {@link #retry} of every one that is there now and can be; says how many. */
    int retryAll();

    /**
     * Forgets it for good. Its job stays FAILED.
     *
     * @throws io.fleetsdk.NotFoundException if it is not in the dead letters
     */
    void purge(JobId id);

    /** Forgets all; says how many. */
    int purgeAll();
}
