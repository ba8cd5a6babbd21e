package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedules;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.ScheduleStatus;
import java.util.List;
import java.util.Optional;

/** The schedules of one queue: each a recurring message schedule of the broker and an entry in the bucket JOB_CONTROL. */
final class JetStreamSchedules implements JobSchedules {
    /** What an entry needs beside the input, at the most. */
    private static final int ROOM_FOR_THE_REST = 32 * 1024;

    private final String queue;
    private final JobParts parts;
    private final ScheduleBook book;

    JetStreamSchedules(String queue, JobParts parts) {
        this.queue = queue;
        this.parts = parts;
        this.book = new ScheduleBook(parts.keys(), queue);
    }

    /** The times first, for the broker may refuse them: then the schedule that was there goes on. */
    @Override
    public void put(JobSchedule schedule) {
        checkSize(schedule);
        ScheduleEntry entry = ScheduleEntry.of(schedule);
        times().start(entry);
        if (book.put(entry).isPaused()) {
            times().stop(schedule.name());
        }
    }

    private void checkSize(JobSchedule schedule) {
        int size = parts.broker().codec().encode(schedule.input()).length;
        long limit = parts.broker().connection().getMaxPayload() - ROOM_FOR_THE_REST;
        if (size > limit) {
            throw new InvalidInputException("input", size + " bytes", "must be at most " + limit + " bytes of JSON");
        }
    }

    @Override
    public List<ScheduleStatus> list() {
        return book.list().stream().map(entry -> entry.status(queue)).toList();
    }

    @Override
    public Optional<ScheduleStatus> find(String name) {
        Require.token("name", name);
        return book.read(name).value().map(entry -> entry.status(queue));
    }

    @Override
    public void pause(String name) {
        book.change(Require.token("name", name), ScheduleEntry::whilePaused);
        times().stop(name);
    }

    @Override
    public void resume(String name) {
        times().start(book.of(Require.token("name", name)));
        book.change(name, ScheduleEntry::resumed);
    }

    @Override
    public JobHandle<Object> trigger(String name) {
        ScheduleEntry entry = book.of(Require.token("name", name));
        JobHandle<Object> job = parts.submitter()
                .submit(
                        queue,
                        JobType.untyped(entry.type()),
                        entry.inputOrThrow(),
                        entry.options().jobOptions());
        book.change(name, now -> now.ran(parts.broker().clock().instant(), job.id()));
        return job;
    }

    @Override
    public void remove(String name) {
        book.of(Require.token("name", name));
        times().stop(name);
        times().dropTicks(name);
        book.remove(name);
    }

    private CronMessage times() {
        return new CronMessage(parts.broker(), queue, parts.streams().of(queue));
    }
}
