package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobOutcome.Cancelled;
import io.fleetsdk.job.JobOutcome.Discarded;
import io.fleetsdk.job.JobOutcome.Expired;
import io.fleetsdk.job.JobOutcome.Failed;
import io.fleetsdk.job.JobOutcome.Succeeded;
import io.fleetsdk.json.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Reads from records how jobs ended. */
final class JobOutcomes {
    private static final JobError UNTOLD = new JobError("unknown", "the record does not say why");

    private final JsonCodec codec;
    private final ResultObjects results;

    JobOutcomes(JsonCodec codec, ResultObjects results) {
        this.codec = codec;
        this.results = results;
    }

    /**
     * The outcome that the record of an ended job tells. Asks the broker only for a large result.
     *
     * @throws io.fleetsdk.InvalidInputException if the result is not of this type
     * @throws io.fleetsdk.NotFoundException if the large result is no longer kept
     */
    <R> JobOutcome<R> of(Class<R> type, JobRecord ended) {
        JobError error = ended.error().orElse(UNTOLD);
        return switch (ended.state()) {
            case SUCCEEDED -> succeeded(result(type, ended));
            case CANCELLED -> new Cancelled<>();
            case DISCARDED -> new Discarded<>(error.message());
            case EXPIRED -> new Expired<>(error.message());
            default -> new Failed<>(error, ended.made());
        };
    }

    @SuppressWarnings("NullAway") // a job without a result has null for one, as its type Void says
    private static <R> JobOutcome<R> succeeded(@Nullable R result) {
        return new Succeeded<>(result);
    }

    private <R> @Nullable R result(Class<R> type, JobRecord ended) {
        if (ended.resultObject().isPresent()) {
            return codec.decode(results.get(ended.resultObject().get()), type);
        }
        return ended.result()
                .map(json -> codec.decode(codec.encode(json), type))
                .orElse(null);
    }
}
