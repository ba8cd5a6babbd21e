package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedules;
import io.fleetsdk.job.ScheduleStatus;
import java.util.List;
import java.util.Optional;

/** The schedules of one queue: each a recurring message schedule of the broker and an entry in the bucket JOB_CONTROL. */
final class JetStreamSchedules implements JobSchedules {
    private final String queue;

    JetStreamSchedules(String queue, JobParts parts) {
        this.queue = queue;
    }

    @Override
    public void put(JobSchedule schedule) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ScheduleStatus> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ScheduleStatus> find(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobHandle<Object> trigger(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String name) {
        throw new UnsupportedOperationException();
    }
}
