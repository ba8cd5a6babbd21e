package io.fleetsdk.nats.internal.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.RetryPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a job is to be done, as it travels with the job in the header {@code Fleet-Terms}; left out where everything is default.
 *
 * @param runAt when it may start
 * @param key of keep-last deduplication: released when the job ends
 * @param parent who waits for it
 * @param children whom it waits for
 */
record JobTerms(
        Optional<Instant> runAt,
        Optional<Instant> deadline,
        Optional<RetryPolicy> retry,
        Optional<JobTimeouts> timeouts,
        Map<String, String> metadata,
        Optional<String> key,
        Optional<JobRef> parent,
        List<ChildTerms> children) {
    private static final JobTerms NONE = new JobTerms(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /** A child as its parent knows it. A thousand of them must fit into a header: in JSON each is one short text. */
    record ChildTerms(JobRef ref, String type, OnFailure onFailure) {
        private static final int WORDS = 4;

        @JsonCreator
        static ChildTerms of(String text) {
            String[] words = text.split(" ", -1);
            if (words.length != WORDS) {
                throw new InvalidInputException("child", text, "must be onFailure, type, queue and id");
            }
            return new ChildTerms(
                    new JobRef(words[2], JobId.of(words[3])), Require.token("type", words[1]), onFailure(words[0]));
        }

        private static OnFailure onFailure(String word) {
            return switch (word) {
                case "F" -> OnFailure.FAIL_PARENT;
                case "C" -> OnFailure.CONTINUE_PARENT;
                case "I" -> OnFailure.IGNORE;
                default -> throw new InvalidInputException("onFailure", word, "must be F, C or I");
            };
        }

        @JsonValue
        String text() {
            return onFailure.name().charAt(0) + " " + type + " " + ref.queue() + " " + ref.id();
        }
    }

    JobTerms {
        runAt = Require.orEmpty(runAt);
        deadline = Require.orEmpty(deadline);
        retry = Require.orEmpty(retry);
        timeouts = Require.orEmpty(timeouts);
        metadata = Require.map("metadata", metadata);
        key = Require.orEmpty(key);
        parent = Require.orEmpty(parent);
        children = Require.list("children", children);
    }

    static JobTerms none() {
        return NONE;
    }

    /** What the options say; their start, deduplication, priority and tenant are not part of it. */
    static JobTerms of(JobOptions options) {
        Optional<RetryPolicy> retry = Optional.of(options.retry()).filter(r -> !r.equals(RetryPolicy.defaults()));
        Optional<JobTimeouts> timeouts = Optional.of(options.timeouts()).filter(t -> !t.equals(JobTimeouts.none()));
        if (retry.isEmpty()
                && timeouts.isEmpty()
                && options.deadline().isEmpty()
                && options.metadata().isEmpty()) {
            return NONE;
        }
        return new JobTerms(
                Optional.empty(),
                options.deadline(),
                retry,
                timeouts,
                options.metadata(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    boolean isNone() {
        return this == NONE || equals(NONE);
    }

    RetryPolicy retryPolicy() {
        return retry.orElseGet(RetryPolicy::defaults);
    }

    JobTimeouts limits() {
        return timeouts.orElseGet(JobTimeouts::none);
    }

    JobTerms withRunAt(Instant time) {
        return new JobTerms(Optional.of(time), deadline, retry, timeouts, metadata, key, parent, children);
    }

    JobTerms withKey(String released) {
        return new JobTerms(runAt, deadline, retry, timeouts, metadata, Optional.of(released), parent, children);
    }

    JobTerms withParent(JobRef waiting) {
        return new JobTerms(runAt, deadline, retry, timeouts, metadata, key, Optional.of(waiting), children);
    }

    JobTerms withChildren(List<ChildTerms> awaited) {
        return new JobTerms(runAt, deadline, retry, timeouts, metadata, key, parent, awaited);
    }
}
