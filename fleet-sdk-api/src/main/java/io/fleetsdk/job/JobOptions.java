package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a job is to be done.
 *
 * @param id random where empty; the same id within a queue is the same job, also days later
 * @param priority NORMAL by default
 * @param start at once by default
 * @param deadline by which the job must have ended; then it is EXPIRED wherever it is
 * @param deduplication none by default
 * @param retry {@link RetryPolicy#defaults} by default
 * @param timeouts none by default
 * @param metadata for people and filters, at most 32 entries: names are tokens, values labels
 * @param tenant whose job it is; within a priority tenants take turns, so that one's backlog does not delay another's job.
 *     A queue keeps apart at most 1,000 pairs of tenant and priority
 */
public record JobOptions(
        Optional<JobId> id,
        JobPriority priority,
        Start start,
        Optional<Instant> deadline,
        Optional<Deduplication> deduplication,
        RetryPolicy retry,
        JobTimeouts timeouts,
        Map<String, String> metadata,
        Optional<String> tenant) {
    private static final JobOptions DEFAULTS = builder().build();

    /** When a job may start. */
    public sealed interface Start {
        /** As soon as a worker is free. */
        record Now() implements Start {}

        /** So long after it was submitted, up to 366 d. */
        record After(Duration delay) implements Start {
            public After {
                delay = Times.within("delay", delay, Duration.ZERO, Duration.ofDays(366));
            }
        }

        /** At this time, in the years 1970 to 9999; at once where it has passed. */
        record At(Instant time) implements Start {
            public At {
                time = Times.writable("runAt", time);
            }
        }
    }

    public static JobOptions defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.id = id;
        builder.priority = priority;
        builder.start = start;
        builder.deadline = deadline;
        builder.deduplication = deduplication;
        builder.retry = retry;
        builder.timeouts = timeouts;
        builder.metadata = metadata;
        builder.tenant = tenant;
        return builder;
    }

    /** Collects options; refuses a wrong one at once. Not thread-safe. */
    public static final class Builder {
        private static final int MOST_METADATA = 32;

        private Optional<JobId> id = Optional.empty();
        private JobPriority priority = JobPriority.NORMAL;
        private Start start = new Start.Now();
        private Optional<Instant> deadline = Optional.empty();
        private Optional<Deduplication> deduplication = Optional.empty();
        private RetryPolicy retry = RetryPolicy.defaults();
        private JobTimeouts timeouts = JobTimeouts.none();
        private Map<String, String> metadata = Map.of();
        private Optional<String> tenant = Optional.empty();

        private Builder() {}

        /** The caller's own id: submitting it again returns the job that is there. */
        public Builder id(String own) {
            id = Optional.of(JobId.of(own));
            return this;
        }

        public Builder priority(JobPriority urgency) {
            priority = Require.present("priority", urgency);
            return this;
        }

        public Builder delay(Duration time) {
            start = new Start.After(time);
            return this;
        }

        public Builder runAt(Instant time) {
            start = new Start.At(time);
            return this;
        }

        /** In the years 1970 to 9999. */
        public Builder deadline(Instant time) {
            deadline = Optional.of(Times.writable("deadline", time));
            return this;
        }

        public Builder deduplication(Deduplication rule) {
            deduplication = Optional.of(rule);
            return this;
        }

        public Builder retry(RetryPolicy policy) {
            retry = Require.present("retry", policy);
            return this;
        }

        public Builder timeouts(JobTimeouts times) {
            timeouts = Require.present("timeouts", times);
            return this;
        }

        public Builder metadata(Map<String, String> entries) {
            Require.within("metadata", entries.size(), 0, MOST_METADATA);
            entries.forEach((name, value) -> Require.label("metadata." + Require.token("metadata", name), value));
            metadata = Map.copyOf(entries);
            return this;
        }

        /** One token. */
        public Builder tenant(String name) {
            tenant = Optional.of(Require.token("tenant", name));
            return this;
        }

        public JobOptions build() {
            return new JobOptions(id, priority, start, deadline, deduplication, retry, timeouts, metadata, tenant);
        }
    }
}
