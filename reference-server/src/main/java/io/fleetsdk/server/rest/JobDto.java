package io.fleetsdk.server.rest;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job as it stands; attempt is the number of the present or last one, 0 before the first. */
public record JobDto(
        String queue,
        String id,
        String type,
        JobState state,
        JobPriority priority,
        Optional<String> tenant,
        Map<String, String> metadata,
        Instant submittedAt,
        Optional<Instant> runAt,
        Optional<Instant> deadline,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        int attempt,
        List<JobAttempt> attempts,
        JobProgress progress,
        boolean cancelling,
        Optional<Object> input,
        Optional<Object> result,
        Optional<JobError> error,
        Optional<JobRef> parent,
        List<JobRef> children) {

    /** All of it. */
    public static JobDto of(Job job) {
        return of(job, job.input());
    }

    /** Without its input, which may be large: for lists, trees and the live stream. */
    public static JobDto brief(Job job) {
        return of(job, Optional.empty());
    }

    private static JobDto of(Job job, Optional<Object> input) {
        List<JobAttempt> attempts = job.attempts();
        return new JobDto(
                job.ref().queue(),
                job.ref().id().value(),
                job.type(),
                job.state(),
                job.priority(),
                job.tenant(),
                job.metadata(),
                job.submittedAt(),
                job.runAt(),
                job.deadline(),
                job.startedAt(),
                job.endedAt(),
                attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).number(),
                attempts,
                ShownJson.of(job.progress()),
                job.cancelling(),
                ShownJson.of(input),
                ShownJson.of(job.result()),
                job.error(),
                job.parent(),
                job.children());
    }
}
