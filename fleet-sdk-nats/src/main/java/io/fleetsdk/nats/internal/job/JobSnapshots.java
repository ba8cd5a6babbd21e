package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobRef;
import java.util.Optional;

/** Jobs as they are now, put together from their record and their message. */
final class JobSnapshots {
    Optional<Job> find(JobRef ref) {
        throw new UnsupportedOperationException();
    }

    /** A job that is only in its stream. */
    static Job of(JobMessage message, JobPlaces.Place place) {
        throw new UnsupportedOperationException();
    }

    /** A job that has a record; its input, which the record does not hold, may come from its message. */
    static Job of(JobRef ref, JobRecord record) {
        throw new UnsupportedOperationException();
    }
}
