package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * How long the parts of a job may take. Empty means no limit. That a worker itself vanishes or freezes is found by the queue's
 * heartbeat time-out ({@link JobQueueSpec#heartbeatTimeout}), whatever stands here.
 *
 * @param scheduleToStart from when it is ready until its first attempt begins, 1 s to 7 d; then it is EXPIRED
 * @param startToClose of one attempt, 10 ms to 7 d; then the attempt fails and the retry policy decides
 * @param heartbeat between two signs of life of the handler ({@link JobContext#progress} or {@link JobContext#heartbeat}), 10 ms to
 *     7 d; then the attempt fails and the retry policy decides
 */
public record JobTimeouts(
        Optional<Duration> scheduleToStart, Optional<Duration> startToClose, Optional<Duration> heartbeat) {
    private static final JobTimeouts NONE = new JobTimeouts(Optional.empty(), Optional.empty(), Optional.empty());

    public JobTimeouts {
        scheduleToStart = Require.orEmpty(scheduleToStart);
        startToClose = Require.orEmpty(startToClose);
        heartbeat = Require.orEmpty(heartbeat);
        scheduleToStart.ifPresent(d -> Times.within("scheduleToStart", d, Duration.ofSeconds(1), Times.WEEK));
        startToClose.ifPresent(d -> Times.within("startToClose", d, Duration.ofMillis(10), Times.WEEK));
        heartbeat.ifPresent(d -> Times.within("heartbeat", d, Duration.ofMillis(10), Times.WEEK));
    }

    public static JobTimeouts none() {
        return NONE;
    }

    public JobTimeouts withScheduleToStart(Duration time) {
        return new JobTimeouts(Optional.of(time), startToClose, heartbeat);
    }

    public JobTimeouts withStartToClose(Duration time) {
        return new JobTimeouts(scheduleToStart, Optional.of(time), heartbeat);
    }

    public JobTimeouts withHeartbeat(Duration time) {
        return new JobTimeouts(scheduleToStart, startToClose, Optional.of(time));
    }
}
