package io.fleetsdk.job;

import org.jspecify.annotations.Nullable;

/**
 * Does the work of one type.
 *
 * <p>A job is handed out again when its worker vanishes before its end is stored. So a handler may run twice for one job, even at
 * the same time on two machines; only one end counts. Effects outside that must not repeat go through {@link JobContext#once}.
 */
@FunctionalInterface
public interface JobHandler<I, R> {
    /**
     * @return the result; null for none
     * @throws NonRetryableException if another attempt would fail as well
     * @throws JobCancelledException let through, after {@link JobContext#throwIfCancelled}
     * @throws Exception any other: the attempt failed, the retry policy decides
     */
    @Nullable
    R handle(I input, JobContext context) throws Exception;
}
