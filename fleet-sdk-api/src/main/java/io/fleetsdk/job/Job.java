package io.fleetsdk.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as it was when it was asked for. Inputs, results and details are JSON: values as in {@link
 * io.fleetsdk.json.JsonObject#asMap}.
 *
 * @param type name of its {@link JobType}
 * @param submittedAt when it was stored
 * @param runAt when it may start or, after a failed attempt, start again; empty where at once
 * @param endedAt empty before its end
 * @param attempts from the first to the present one; at most the last 20
 * @param progress of the last attempt that reported some
 * @param cancelling whether its handler has been told to stop
 * @param input empty where it is no longer kept, or no JSON
 * @param result empty but for a job that succeeded with one
 * @param error why it failed, or which time ran out
 * @param parent the job that waits for it
 * @param children the jobs it waits for or waited for
 */
public record Job(
        JobRef ref,
        String type,
        JobState state,
        JobPriority priority,
        Optional<String> tenant,
        Map<String, String> metadata,
        Instant submittedAt,
        Optional<Instant> runAt,
        Optional<Instant> deadline,
        Optional<Instant> endedAt,
        List<JobAttempt> attempts,
        JobProgress progress,
        boolean cancelling,
        Optional<Object> input,
        Optional<Object> result,
        Optional<JobError> error,
        Optional<JobRef> parent,
        List<JobRef> children) {
    public Job {
        metadata = Map.copyOf(metadata);
        attempts = List.copyOf(attempts);
        children = List.copyOf(children);
    }

    /** When the first attempt that is known began. */
    public Optional<Instant> startedAt() {
        return attempts.stream().map(JobAttempt::startedAt).findFirst();
    }
}
