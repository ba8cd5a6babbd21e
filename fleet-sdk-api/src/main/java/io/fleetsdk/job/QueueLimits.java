package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What all workers of a queue together may do. A worker that cannot reach the broker starts no more jobs; one that is silent for 10 s
 * no longer counts, so that the others may have its part.
 *
 * @param concurrency jobs at the same time, 1 to 10,000; empty for no limit
 * @param rate jobs started per time; empty for no limit
 */
public record QueueLimits(OptionalInt concurrency, Optional<Rate> rate) {
    private static final QueueLimits NONE = new QueueLimits(OptionalInt.empty(), Optional.empty());

    /**
     * No stretch of time as long as the period, wherever it begins, has more jobs that were allowed to start than these; after a rest
     * they may all start at once. The time counts at which a worker is allowed to start a job: it starts it within milliseconds. Under
     * a constant load about 5 % fewer are allowed. The clock is the broker's, which the workers know to within the time of a round
     * trip.
     *
     * @param jobs 1 to 1,000,000 within each period
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
