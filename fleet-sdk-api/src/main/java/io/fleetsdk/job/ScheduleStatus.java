package io.fleetsdk.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule and what it did last.
 *
 * @param lastRun when its last job was submitted
 * @param lastJob that job
 */
public record ScheduleStatus(
        JobSchedule schedule, boolean paused, Optional<Instant> lastRun, Optional<JobRef> lastJob) {}
