package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as it was when it was asked for. It is a job of the queue {@link io.fleetsdk.job.JobClient#TRAINING}.
 *
 * @param fraction how far it is, 0 to 1
 * @param message how far it is, for people
 * @param cancelling whether it has been told to stop
 * @param attempts how many there have been
 * @param curve what the epochs came to
 * @param checkpoints epochs that were kept, in rising order; at most the last 100
 * @param result empty but for a run that succeeded
 * @param error why the last attempt failed
 */
public record TrainingRun(
        JobId id,
        TrainingRequest request,
        JobState state,
        double fraction,
        String message,
        boolean cancelling,
        int attempts,
        Instant submittedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        LossCurve curve,
        List<Integer> checkpoints,
        Optional<TrainingResult> result,
        Optional<JobError> error) {
    public TrainingRun {
        checkpoints = Require.list("checkpoints", checkpoints);
    }
}
