package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingResult;
import io.fleetsdk.training.TrainingRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run as REST and the page show it.
 *
 * @param curve what its epochs came to
 * @param metrics in the end
 * @param registered the version that came out
 */
public record TrainingRunDto(
        String id,
        String task,
        String trainer,
        Optional<String> dataset,
        Optional<String> model,
        Set<String> embodiments,
        JsonObject parameters,
        int checkpointEvery,
        Optional<Checkpoint> from,
        JobState state,
        double fraction,
        String message,
        boolean cancelling,
        int attempts,
        Instant submittedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        List<EpochReport> curve,
        List<Integer> checkpoints,
        Map<String, Double> metrics,
        Optional<String> registered,
        Optional<JobError> error) {
    /** Where it began. */
    public record Checkpoint(String run, int epoch) {
        static Checkpoint of(CheckpointRef ref) {
            return new Checkpoint(ref.run().value(), ref.epoch());
        }
    }

    public static TrainingRunDto of(TrainingRun run) {
        TrainingRequest request = run.request();
        return new TrainingRunDto(
                run.id().value(),
                request.task().jobType(),
                request.trainer(),
                request.dataset(),
                request.model(),
                request.embodiments(),
                request.parameters(),
                request.checkpointEvery(),
                request.from().map(Checkpoint::of),
                run.state(),
                run.fraction(),
                run.message(),
                run.cancelling(),
                run.attempts(),
                run.submittedAt(),
                run.startedAt(),
                run.endedAt(),
                run.curve().epochs(),
                run.checkpoints(),
                run.result().map(TrainingResult::metrics).orElse(Map.of()),
                run.result().flatMap(TrainingResult::model).map(Object::toString),
                run.error());
    }
}
