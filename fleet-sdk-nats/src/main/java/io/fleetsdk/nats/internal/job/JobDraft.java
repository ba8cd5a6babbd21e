package io.fleetsdk.nats.internal.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOptions.Start;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobType;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.nats.client.NUID;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A job before it is stored.
 *
 * @param runAt when it is to start; empty for at once
 */
record JobDraft(JobMessage job, JobOptions options, Optional<Instant> runAt) {
    /**
     * What the caller asks for.
     *
     * @throws io.fleetsdk.InvalidInputException if the input is missing or no JSON
     */
    static <I> JobDraft of(
            String queue, JobType<I, ?> type, I input, JobOptions options, JsonCodec codec, Instant now) {
        byte[] json = codec.encode(Require.present("input", input));
        Optional<Instant> runAt = runAt(options.start(), now);
        JobTerms terms = JobTerms.of(options);
        JobMessage job = new JobMessage(
                new JobRef(queue, options.id().orElseGet(JobDraft::nextId)),
                new Lane(queue, options.priority(), options.tenant()),
                type.name(),
                now.truncatedTo(ChronoUnit.MILLIS),
                runAt.map(terms::withRunAt).orElse(terms),
                0,
                false,
                json);
        return new JobDraft(job, options, runAt);
    }

    /** Ids that begin alike cost the broker, which keeps an index of subjects, a tenth less than random ones. */
    static JobId nextId() {
        return JobId.of(NUID.nextGlobal());
    }

    private static Optional<Instant> runAt(Start start, Instant now) {
        if (start instanceof Start.After after) {
            return Optional.of(now.plus(after.delay())).filter(now::isBefore);
        }
        return start instanceof Start.At at ? Optional.of(at.time()).filter(now::isBefore) : Optional.empty();
    }

    /** The same under another id. */
    JobDraft as(JobId id) {
        JobMessage renamed = new JobMessage(
                new JobRef(job.ref().queue(), id),
                job.lane(),
                job.type(),
                job.submittedAt(),
                job.terms(),
                job.attemptsMade(),
                job.recorded(),
                job.input());
        return new JobDraft(renamed, options, runAt);
    }

    JobDraft startingAt(Instant time) {
        return new JobDraft(job.withTerms(job.terms().withRunAt(time)), options, Optional.of(time));
    }

    JobDraft withKey(String key) {
        return new JobDraft(job.withTerms(job.terms().withKey(key)), options, runAt);
    }

    JobRef ref() {
        return job.ref();
    }

    /** Whether one publish stores it, whatever else is there. */
    boolean isPlain() {
        return options.id().isEmpty() && options.deduplication().isEmpty() && runAt.isEmpty();
    }
}
