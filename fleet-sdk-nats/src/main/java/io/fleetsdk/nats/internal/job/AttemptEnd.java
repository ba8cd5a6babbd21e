package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobError;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, before it is decided what that means for its job. */
sealed interface AttemptEnd {
    /**
     * @param result the handler's; null for none
     */
    record Done(@Nullable Object result) implements AttemptEnd {}

    record Failed(JobError error) implements AttemptEnd {}

    /** Failed, and another attempt would fail as well. */
    record Hopeless(JobError error) implements AttemptEnd {}

    /** The handler stopped because somebody cancelled the job. */
    record Cancelled() implements AttemptEnd {}

    /** The job's deadline came. */
    record Expired(String reason) implements AttemptEnd {}

    /** The worker stops; another one is to begin the job anew. */
    record HandedBack() implements AttemptEnd {}

    /** The job belongs to another attempt now; nothing this one did counts. */
    record Lost() implements AttemptEnd {}
}
