package io.fleetsdk.nats.internal.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedule.Missed;
import io.fleetsdk.job.JobSchedule.Overlap;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.job.ScheduleStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the bucket JOB_CONTROL keeps of a schedule.
 *
 * @param lastNext the time that the last tick named as the following one: what tells ticks apart
 */
record ScheduleEntry(
        String name,
        String cron,
        String zone,
        String type,
        @Nullable Object input,
        Options options,
        Overlap overlap,
        Missed missed,
        Duration startWithin,
        Optional<Boolean> paused,
        Optional<Instant> lastRun,
        Optional<String> lastJob,
        Optional<String> lastNext) {
    /** Those of a job's options that a schedule may have. */
    record Options(
            JobPriority priority,
            Optional<Instant> deadline,
            RetryPolicy retry,
            JobTimeouts timeouts,
            Map<String, String> metadata,
            Optional<String> tenant) {
        Options {
            deadline = Require.orEmpty(deadline);
            metadata = Require.map("metadata", metadata);
            tenant = Require.orEmpty(tenant);
        }

        static Options of(JobOptions options) {
            return new Options(
                    options.priority(),
                    options.deadline(),
                    options.retry(),
                    options.timeouts(),
                    options.metadata(),
                    options.tenant());
        }

        JobOptions jobOptions() {
            JobOptions.Builder builder = JobOptions.builder()
                    .priority(priority)
                    .retry(retry)
                    .timeouts(timeouts)
                    .metadata(metadata);
            deadline.ifPresent(builder::deadline);
            tenant.ifPresent(builder::tenant);
            return builder.build();
        }
    }

    ScheduleEntry {
        paused = Require.orEmpty(paused);
        lastRun = Require.orEmpty(lastRun);
        lastJob = Require.orEmpty(lastJob);
        lastNext = Require.orEmpty(lastNext);
    }

    static ScheduleEntry of(JobSchedule schedule) {
        return new ScheduleEntry(
                schedule.name(),
                schedule.cron(),
                schedule.zone().getId(),
                schedule.type(),
                schedule.input(),
                Options.of(schedule.options()),
                schedule.overlap(),
                schedule.missed(),
                schedule.startWithin(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The schedule that replaces an earlier one of its name. */
    ScheduleEntry after(ScheduleEntry earlier) {
        return with(earlier.paused, earlier.lastRun, earlier.lastJob, earlier.lastNext);
    }

    boolean isPaused() {
        return paused.orElse(false);
    }

    ScheduleEntry whilePaused() {
        return with(Optional.of(true), lastRun, lastJob, lastNext);
    }

    ScheduleEntry resumed() {
        return with(Optional.empty(), lastRun, lastJob, lastNext);
    }

    /** After it has a new job. */
    ScheduleEntry ran(Instant time, JobId job) {
        return with(paused, Optional.of(time), Optional.of(job.value()), lastNext);
    }

    ScheduleEntry ticked(String next) {
        return with(paused, lastRun, lastJob, Optional.of(next));
    }

    private ScheduleEntry with(
            Optional<Boolean> nowPaused, Optional<Instant> run, Optional<String> job, Optional<String> next) {
        return new ScheduleEntry(
                name, cron, zone, type, input, options, overlap, missed, startWithin, nowPaused, run, job, next);
    }

    Object inputOrThrow() {
        return Require.present("input", input);
    }

    Optional<JobRef> lastJob(String queue) {
        return lastJob.map(id -> new JobRef(queue, JobId.of(id)));
    }

    ScheduleStatus status(String queue) {
        return new ScheduleStatus(schedule(), isPaused(), lastRun, lastJob(queue));
    }

    /**
     * @throws DateTimeException if this machine does not know the zone
     */
    private JobSchedule schedule() {
        return new JobSchedule(
                name, cron, ZoneId.of(zone), type, inputOrThrow(), options.jobOptions(), overlap, missed, startWithin);
    }
}
