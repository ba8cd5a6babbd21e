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
     * Puts the job back into its queue under the same id, with all its attempts before it.
     *
     * @throws io.fleetsdk.NotFoundException if it is not in the dead letters
     */
    void retry(JobId id);

    /** {@link #retry} of every one that is there now; says how many. */
    int retryAll();

    /**
     * Forgets it for good.
     *
     * @throws io.fleetsdk.NotFoundException if it is not in the dead letters
     */
    void purge(JobId id);

    /** Forgets all; says how many. */
    int purgeAll();
}
