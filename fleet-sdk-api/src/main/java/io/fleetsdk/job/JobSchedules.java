package io.fleetsdk.job;

import java.util.List;
import java.util.Optional;

/**
 * The recurring jobs of a queue. The broker keeps the time; a worker of the queue turns each time into a job, so that without
 * workers the times wait as {@link JobSchedule.Missed} says. Thread-safe.
 */
public interface JobSchedules {
    /**
     * Creates or replaces the schedule of this name. A paused one stays paused.
     *
     * @throws io.fleetsdk.InvalidInputException if the broker does not understand the times or the zone
     */
    void put(JobSchedule schedule);

    /** By name. */
    List<ScheduleStatus> list();

    Optional<ScheduleStatus> find(String name);

    /**
     * No more jobs until {@link #resume}; those that are there go on.
     *
     * @throws io.fleetsdk.NotFoundException if there is none of this name; likewise below
     */
    void pause(String name);

    void resume(String name);

    /** Submits a job of it now, whatever the time, pause or overlap. */
    JobHandle<Object> trigger(String name);

    void remove(String name);
}
