package io.fleetsdk.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A queue in numbers, at one moment. Each process sends what it counts of submitted, completed and failed once a second, so that
 * these may be a second old, and a process that crashes takes its last second's counts with it.
 *
 * @param waiting ready jobs by priority; every priority is there
 * @param delayed jobs whose time has not come, retries included
 * @param active jobs with a worker: those that run, and those that it has pulled and is about to begin
 * @param oldestWaiting age of the job that has been ready for longest; empty where none waits
 * @param submitted jobs ever submitted
 * @param completed jobs ever succeeded
 * @param failed jobs ever given up
 * @param deadLetters jobs now in the dead letters
 */
public record JobFigures(
        String queue,
        Instant at,
        boolean paused,
        Map<JobPriority, Long> waiting,
        long delayed,
        long active,
        Optional<Duration> oldestWaiting,
        long submitted,
        long completed,
        long failed,
        long deadLetters) {
    public JobFigures {
        waiting = Map.copyOf(waiting);
    }

    public long waitingInAll() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Jobs submitted per second since an earlier look. */
    public double addRateSince(JobFigures earlier) {
        return perSecond(submitted - earlier.submitted, earlier);
    }

    /** Jobs ended, well or not, per second since an earlier look. */
    public double finishRateSince(JobFigures earlier) {
        return perSecond(completed + failed - earlier.completed - earlier.failed, earlier);
    }

    private double perSecond(long count, JobFigures earlier) {
        double seconds = Duration.between(earlier.at, at).toNanos() / 1e9;
        return seconds <= 0 ? 0 : Math.max(0, count / seconds);
    }
}
