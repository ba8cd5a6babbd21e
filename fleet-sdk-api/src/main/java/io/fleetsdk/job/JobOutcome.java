package io.fleetsdk.job;

import java.util.function.Function;

/**
 * How a job ended.
 *
 * @param <R> the result of its type
 */
public sealed interface JobOutcome<R> {
    JobState state();

    /**
     * The result.
     *
     * @throws JobUnsuccessfulException if the job ended in any other way
     */
    default R result() {
        throw new JobUnsuccessfulException(this);
    }

    /** One value out of the five cases; all but success are told by their state and words. */
    default <T> T fold(Function<R, T> succeeded, Function<JobOutcome<R>, T> otherwise) {
        return this instanceof Succeeded<R> success ? succeeded.apply(success.result()) : otherwise.apply(this);
    }

    record Succeeded<R>(R result) implements JobOutcome<R> {
        @Override
        public JobState state() {
            return JobState.SUCCEEDED;
        }
    }

    /**
     * @param error of the last attempt
     * @param attempts how many there were
     */
    record Failed<R>(JobError error, int attempts) implements JobOutcome<R> {
        @Override
        public JobState state() {
            return JobState.FAILED;
        }
    }

    record Cancelled<R>() implements JobOutcome<R> {
        @Override
        public JobState state() {
            return JobState.CANCELLED;
        }
    }

    /**
     * @param reason such as which job took its place
     */
    record Discarded<R>(String reason) implements JobOutcome<R> {
        @Override
        public JobState state() {
            return JobState.DISCARDED;
        }
    }

    /**
     * @param reason which time ran out
     */
    record Expired<R>(String reason) implements JobOutcome<R> {
        @Override
        public JobState state() {
            return JobState.EXPIRED;
        }
    }
}
