package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobRef;
import java.time.Instant;
import java.util.Optional;

/** Where a job lies in its queue's stream: ready in its lane, delayed as a message schedule, or held. Each write waits for the broker. */
final class JobPlaces {
    /** What lies where, with its stream sequence. */
    record Placed(JobMessage job, Place place, long sequence) {}

    enum Place {
        READY,
        DELAYED,
        HELD
    }

    /** Puts the job into its lane; a job with this id that lies there already stays alone. */
    void ready(JobMessage job) {
        throw new UnsupportedOperationException();
    }

    /** Has the broker put the job into its lane at this time; replaces what was delayed under the same id. */
    void delayed(JobMessage job, Instant at) {
        throw new UnsupportedOperationException();
    }

    /** Puts the job aside; replaces what was held under the same id. */
    void held(JobMessage job) {
        throw new UnsupportedOperationException();
    }

    /** Moves a held job into its lane. Idempotent: what is no longer held stays where it is. */
    void release(JobRef ref) {
        throw new UnsupportedOperationException();
    }

    /** Takes the job out of wherever it lies. */
    void withdraw(JobRef ref) {
        throw new UnsupportedOperationException();
    }

    /** Where the job lies, if it does. A job that has ended may lie in its lane for some time more. */
    Optional<Placed> find(JobRef ref) {
        throw new UnsupportedOperationException();
    }
}
