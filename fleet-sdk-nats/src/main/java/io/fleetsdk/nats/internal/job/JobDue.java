package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobPlaces.Placed;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When a job that nobody runs expires, and which time runs out then. */
record JobDue(Instant at, JobError error) {
    static final String DEADLINE = "timeout.deadline";
    static final String SCHEDULE_TO_START = "timeout.schedule-to-start";

    /** The earliest of its times; empty for a job that has none, runs or has ended. */
    static Optional<JobDue> of(Optional<Recorded> recorded, Optional<Placed> placed) {
        if (recorded.filter(known -> !canExpire(known.record())).isPresent()) {
            return Optional.empty();
        }
        JobTerms terms = recorded.map(known -> known.record().termsOrNone())
                .or(() -> placed.map(lying -> lying.job().terms()))
                .orElseGet(JobTerms::none);
        boolean begun = recorded.filter(known -> known.record().made() > 0).isPresent();
        Optional<JobDue> start = begun ? Optional.empty() : placed.flatMap(lying -> start(terms.limits(), lying));
        return Stream.concat(terms.deadline().map(JobDue::deadline).stream(), start.stream())
                .min(Comparator.comparing(JobDue::at));
    }

    private static boolean canExpire(JobRecord record) {
        return !record.isFinal() && record.state() != JobState.RUNNING;
    }

    private static JobDue deadline(Instant deadline) {
        return new JobDue(deadline, new JobError(DEADLINE, "its deadline " + deadline + " came first"));
    }

    private static Optional<JobDue> start(JobTimeouts limits, Placed placed) {
        return limits.scheduleToStart()
                .filter(limit -> placed.place() == Place.READY)
                .map(limit -> new JobDue(placed.since().plus(limit), late(limit)));
    }

    private static JobError late(Duration limit) {
        return new JobError(SCHEDULE_TO_START, "no attempt began within " + limit);
    }

    boolean isPast(Instant now) {
        return !at.isAfter(now);
    }
}
