package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobPlaces.Placed;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs as they are now, put together from their record and their message. */
final class JobSnapshots {
    private static final Logger log = LoggerFactory.getLogger(JobSnapshots.class);

    private final JsonCodec codec;
    private final QueueStreams streams;
    private final JobRecords records;
    private final JobPlaces places;
    private final ResultObjects results;
    private final EarlyEnds earlyEnds;

    JobSnapshots(
            JsonCodec codec,
            QueueStreams streams,
            JobRecords records,
            JobPlaces places,
            ResultObjects results,
            EarlyEnds earlyEnds) {
        this.codec = codec;
        this.streams = streams;
        this.records = records;
        this.places = places;
        this.results = results;
        this.earlyEnds = earlyEnds;
    }

    /** The job, with its input and result where they are still kept; empty where nothing of it is. A job whose time is up ends here. */
    Optional<Job> find(JobRef ref) {
        Optional<Recorded> recorded = records.read(ref);
        Optional<Placed> placed = placed(ref);
        if (recorded.isEmpty() && placed.isEmpty()) {
            // It may have run from its start to its end between the two looks.
            recorded = records.read(ref);
        }
        Optional<Recorded> expired = earlyEnds.expire(ref, recorded, placed);
        return of(expired.isPresent() ? expired : recorded, placed);
    }

    /** The record of the job's end; empty before. */
    Optional<JobRecord> end(JobRef ref) {
        Optional<Recorded> recorded = records.read(ref);
        if (recorded.isPresent() && recorded.get().record().isFinal()) {
            return recorded.map(Recorded::record);
        }
        return earlyEnds.expire(ref, recorded, placed(ref)).map(Recorded::record);
    }

    private Optional<Placed> placed(JobRef ref) {
        return streams.find(ref.queue()).isPresent() ? places.find(ref) : Optional.empty();
    }

    private Optional<Job> of(Optional<Recorded> recorded, Optional<Placed> placed) {
        return recorded.map(known -> of(known, placed)).or(() -> placed.map(this::of));
    }

    /** A job that is only in its stream. */
    Job of(Placed placed) {
        JobMessage message = placed.job();
        JobRecord waiting = JobRecord.of(message, state(placed.place()));
        return of(message.ref(), waiting, message.terms().runAt(), input(message), Optional.empty());
    }

    /** A job that has a record, without its input, and without a result too large for the record. */
    static Job of(JobRef ref, JobRecord record) {
        return of(ref, record, record.runAt(), Optional.empty(), record.result());
    }

    private Job of(Recorded known, Optional<Placed> placed) {
        JobRecord record =
                placed.filter(lying -> hasBecomeReady(known.record(), lying)).isPresent()
                        ? known.record().withState(JobState.WAITING)
                        : known.record();
        Optional<Object> input = placed.flatMap(lying -> input(lying.job()));
        Optional<Object> result = record.resultObject().map(this::large).orElse(record.result());
        return of(known.ref(), record, record.runAt(), input, result);
    }

    /** The broker put it into its lane when its time came, and told nobody. */
    private static boolean hasBecomeReady(JobRecord record, Placed placed) {
        return (record.state() == JobState.RETRYING || record.state() == JobState.DELAYED)
                && placed.place() == Place.READY
                && placed.job().attemptsMade() >= record.made();
    }

    private static JobState state(Place place) {
        return switch (place) {
            case READY -> JobState.WAITING;
            case DELAYED -> JobState.DELAYED;
            case HELD -> JobState.BLOCKED;
        };
    }

    private Optional<Object> input(JobMessage message) {
        try {
            return Optional.of(codec.decode(message.input(), Object.class));
        } catch (InvalidInputException e) {
            log.debug("The input of job {} is no JSON", message.ref(), e);
            return Optional.empty();
        }
    }

    private Optional<Object> large(String object) {
        try {
            return Optional.of(codec.decode(results.get(object), Object.class));
        } catch (NotFoundException e) {
            log.debug("A result is no longer kept", e);
            return Optional.empty();
        }
    }

    private static Job of(
            JobRef ref, JobRecord record, Optional<Instant> runAt, Optional<Object> input, Optional<Object> result) {
        JobTerms terms = record.termsOrNone();
        return new Job(
                ref,
                record.type(),
                record.state(),
                record.priority(),
                record.tenant(),
                terms.metadata(),
                record.submittedAt(),
                runAt,
                terms.deadline(),
                record.endedAt(),
                record.attempts(),
                record.progress().orElseGet(JobProgress::none),
                record.isCancelling(),
                input,
                result,
                record.error(),
                terms.parent(),
                terms.children().stream().map(JobTerms.ChildTerms::ref).toList());
    }
}
