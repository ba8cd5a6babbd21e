package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.EarlyEnds.Standing;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import java.util.Optional;

/** Cancels jobs wherever they are: who has not begun ends here, who runs is told to stop. */
final class JobCancellation {
    /** A running job's record moves with its progress, at most ten times a second, so one look more nearly always does. */
    private static final int LOOKS = 10;

    private final JobRecords records;
    private final EarlyEnds earlyEnds;
    private final JobSignals signals;

    JobCancellation(JobRecords records, EarlyEnds earlyEnds, JobSignals signals) {
        this.records = records;
        this.earlyEnds = earlyEnds;
        this.signals = signals;
    }

    /**
     * {@link io.fleetsdk.job.JobQueue#cancel}.
     *
     * @throws NotFoundException if nothing of it is kept
     * @throws ConflictException if it has ended
     */
    void cancel(JobRef ref) {
        for (int look = 1; look <= LOOKS; look++) {
            Optional<Recorded> told = cancelled(ref);
            if (told.isPresent()) {
                signals.send(
                        ref.queue(), new JobSignals.Cancel(ref.id(), told.get().revision()));
                return;
            }
        }
        throw new ConflictException("job " + ref + " changes too quickly to be cancelled: try again");
    }

    /** The record that says so; empty where its worker wrote at the same time. */
    private Optional<Recorded> cancelled(JobRef ref) {
        Standing standing = earlyEnds.end(ref, JobState.CANCELLED, Optional.empty());
        if (standing instanceof Standing.Ended ended) {
            return Optional.of(ended.recorded());
        }
        if (standing instanceof Standing.Running running) {
            return toldToStop(running.recorded());
        }
        if (standing instanceof Standing.Over over) {
            throw new ConflictException("job " + ref + " has ended before, "
                    + over.recorded().record().state());
        }
        throw new NotFoundException("nothing is kept of job " + ref);
    }

    private Optional<Recorded> toldToStop(Recorded running) {
        try {
            JobRecord stopping = running.record().withCancelling();
            return Optional.of(records.writeNow(running.ref(), stopping, running.revision()));
        } catch (ConflictException e) {
            return Optional.empty();
        }
    }
}
