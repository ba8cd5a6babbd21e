package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.job.ScheduleStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A schedule and what it did last. */
public record ScheduleDto(
        String queue,
        String name,
        String cron,
        String zone,
        String type,
        Optional<Object> input,
        Options options,
        JobSchedule.Overlap overlap,
        JobSchedule.Missed missed,
        Duration startWithin,
        boolean paused,
        Optional<Instant> lastRun,
        Optional<JobRef> lastJob) {
    /** How each of its jobs is to be done, in the form of a request. */
    public record Options(
            JobPriority priority,
            Optional<Instant> deadline,
            RetryPolicy retry,
            JobTimeouts timeouts,
            Map<String, String> metadata,
            Optional<String> tenant) {
        static Options of(JobOptions options) {
            return new Options(
                    options.priority(),
                    options.deadline(),
                    options.retry(),
                    options.timeouts(),
                    options.metadata(),
                    options.tenant());
        }
    }

    public static ScheduleDto of(String queue, ScheduleStatus status) {
        JobSchedule schedule = status.schedule();
        return new ScheduleDto(
                queue,
                schedule.name(),
                schedule.cron(),
                schedule.zone().getId(),
                schedule.type(),
                ShownJson.of(Optional.of(schedule.input())),
                Options.of(schedule.options()),
                schedule.overlap(),
                schedule.missed(),
                schedule.startWithin(),
                status.paused(),
                status.lastRun(),
                status.lastJob());
    }
}
