package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What all workers of a queue together may do.
 *
 * @param concurrency jobs at the same time, 1 to 10,000; empty for no limit
 * @param rate jobs started per time; empty for no limit
 */
public record QueueLimits(OptionalInt concurrency, Optional<Rate> rate) {
    private static final QueueLimits NONE = new QueueLimits(OptionalInt.empty(), Optional.empty());

    /**
     * @param jobs 1 to 1,000,000 within each period; after a rest no more than these start at once
     * @param period 100 ms to 1 d
     */
    public record Rate(int jobs, Duration period) {
        public Rate {
            Require.within("rate.jobs", jobs, 1, 1_000_000);
            period = Times.within("rate.period", period, Duration.ofMillis(100), Duration.ofDays(1));
        }
    }

    public QueueLimits {
        concurrency = concurrency == null ? OptionalInt.empty() : concurrency;
        concurrency.ifPresent(count -> Require.within("concurrency", count, 1, 10_000));
        rate = Require.orEmpty(rate);
    }

    public static QueueLimits none() {
        return NONE;
    }

    public QueueLimits withConcurrency(int jobs) {
        return new QueueLimits(OptionalInt.of(jobs), rate);
    }

    public QueueLimits withRate(int jobs, Duration period) {
        return new QueueLimits(concurrency, Optional.of(new Rate(jobs, period)));
    }
}
