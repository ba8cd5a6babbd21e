package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job in its second attempt. */
final class RunningJob {
    static final Instant BEGIN = Instant.parse("2026-08-01T06:00:00Z");

    private RunningJob() {}

    static Job of(double fraction, String message) {
        JobAttempt second = new JobAttempt(2, "worker-1", BEGIN, Optional.empty(), Optional.empty());
        return new Job(
                new JobRef("training", JobId.of("one")),
                "finetune",
                JobState.RUNNING,
                JobPriority.NORMAL,
                Optional.empty(),
                Map.of(),
                BEGIN.minusSeconds(9),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(second),
                new JobProgress(fraction, message, JsonObject.empty()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
