package io.fleetsdk.storage.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobType;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingResult;
import io.fleetsdk.training.TrainingRun;
import io.fleetsdk.training.TrainingTask;
import java.util.Optional;

/** Runs as jobs, and back. */
final class TrainingJobs {
    private static final int MOST_BYTES = 8 * 1024;

    private final JsonCodec json = new JacksonCodec();

    static JobType<TrainingRequest, TrainingResult> type(TrainingTask task) {
        return JobType.of(task.jobType(), TrainingRequest.class, TrainingResult.class);
    }

    /** Empty for a job whose request is no longer kept: one that ended before it began. */
    Optional<TrainingRun> run(Job job) {
        return job.input()
                .map(input -> as(input, TrainingRequest.class))
                .or(() -> detail(job.progress()).request())
                .map(request -> run(job, request));
    }

    /**
     * @throws InvalidInputException if it is larger than a run's job can carry with it
     */
    void check(TrainingRequest request) {
        int bytes = json.encode(request).length;
        if (bytes > MOST_BYTES) {
            throw new InvalidInputException(
                    "parameters", bytes + " bytes", "must be at most 8 KiB with the rest of the request");
        }
    }

    JsonObject detail(RunDetail detail) {
        return as(detail, JsonObject.class);
    }

    RunDetail detail(JobProgress progress) {
        return as(progress.detail(), RunDetail.class);
    }

    private TrainingRun run(Job job, TrainingRequest request) {
        RunDetail detail = detail(job.progress());
        return new TrainingRun(
                job.ref().id(),
                request,
                job.state(),
                job.progress().fraction(),
                job.progress().message(),
                job.cancelling(),
                job.attempts().size(),
                job.submittedAt(),
                job.startedAt(),
                job.endedAt(),
                detail.curve(),
                detail.checkpoints(),
                job.result().map(result -> as(result, TrainingResult.class)),
                job.error());
    }

    private <T> T as(Object value, Class<T> type) {
        return json.decode(json.encode(value), type);
    }
}
