package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.QueueLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A queue in numbers.
 *
 * @param oldestWaitingSeconds empty where none waits
 * @param addRate jobs submitted per second, lately
 * @param finishRate jobs ended per second, lately
 * @param workers how many there are
 */
public record QueueDto(
        String name,
        boolean paused,
        Waiting waiting,
        long delayed,
        long active,
        OptionalDouble oldestWaitingSeconds,
        long submitted,
        long completed,
        long failed,
        long deadLetters,
        double addRate,
        double finishRate,
        Limits limits,
        int workers) {
    /** Ready jobs by priority. */
    public record Waiting(long critical, long high, long normal, long low) {
        static Waiting of(Map<JobPriority, Long> waiting) {
            return new Waiting(
                    waiting.getOrDefault(JobPriority.CRITICAL, 0L),
                    waiting.getOrDefault(JobPriority.HIGH, 0L),
                    waiting.getOrDefault(JobPriority.NORMAL, 0L),
                    waiting.getOrDefault(JobPriority.LOW, 0L));
        }
    }

    /** What all workers together may do. */
    public record Limits(OptionalInt concurrency, Optional<Rate> rate) {
        static Limits of(QueueLimits limits) {
            return new Limits(limits.concurrency(), limits.rate().map(rate -> new Rate(rate.jobs(), rate.period())));
        }
    }

    /** Jobs started within each period. */
    public record Rate(int jobs, Duration period) {}

    static QueueDto of(JobFigures figures, QueueRates.Rates rates, QueueLimits limits, int workers) {
        return new QueueDto(
                figures.queue(),
                figures.paused(),
                Waiting.of(figures.waiting()),
                figures.delayed(),
                figures.active(),
                figures.oldestWaiting()
                        .map(age -> OptionalDouble.of(age.toMillis() / 1e3))
                        .orElse(OptionalDouble.empty()),
                figures.submitted(),
                figures.completed(),
                figures.failed(),
                figures.deadLetters(),
                rates.added(),
                rates.finished(),
                Limits.of(limits),
                workers);
    }
}
