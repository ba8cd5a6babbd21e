package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to do a job.
 *
 * @param number from 1
 * @param worker who tried
 * @param endedAt empty while it runs, and where its worker vanished
 * @param error empty unless it failed
 */
public record JobAttempt(
        int number, String worker, Instant startedAt, Optional<Instant> endedAt, Optional<JobError> error) {
    public JobAttempt {
        endedAt = Require.orEmpty(endedAt);
        error = Require.orEmpty(error);
    }
}
