package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The newest jobs of one queue, put together from their messages and their records, in whichever order the two arrive. A record counts more
 * than a message. Thread-safe.
 */
final class QueueLog {
    private static final int CAPACITY = 10_000;

    private record Age(Instant submittedAt, JobId id) {
        static final Comparator<Age> ORDER = Comparator.comparing(Age::submittedAt)
                .thenComparing(age -> age.id().value());
    }

    /**
     * @param stored whether the record is the bucket's, or made of the message
     */
    private record Entry(JobRecord record, boolean stored) {}

    private final String queue;
    private final Consumer<Job> steps;
    private final TreeMap<Age, Entry> entries = new TreeMap<>(Age.ORDER);
    private final Map<JobId, Age> ages = new HashMap<>();

    /**
     * @param steps is told each one, in order
     */
    QueueLog(String queue, Consumer<Job> steps) {
        this.queue = queue;
        this.steps = steps;
    }

    synchronized void message(JobMessage job, Place place) {
        JobId id = job.ref().id();
        JobState state = state(job, place);
        Optional<Entry> known = find(id);
        if (known.filter(Entry::stored).isEmpty()) {
            JobRecord waiting = JobRecord.of(job, state);
            JobRecord timed = job.terms().runAt().map(waiting::withRunAt).orElse(waiting);
            step(id, timed, new Entry(timed, false));
        } else if (hasBecomeReady(known.get().record(), job, place)) {
            JobRecord ready = known.get().record().withState(JobState.WAITING);
            step(id, ready, new Entry(ready, true));
        }
    }

    /** The broker put it into its lane when its time came, and told nobody. */
    private static boolean hasBecomeReady(JobRecord record, JobMessage job, Place place) {
        return place == Place.READY
                && (record.state() == JobState.RETRYING || record.state() == JobState.DELAYED)
                && job.attemptsMade() >= record.made();
    }

    /**
     * @param kept what of it is to be remembered
     */
    synchronized void record(JobId id, JobRecord record, JobRecord kept) {
        step(id, record, new Entry(kept, true));
    }

    /** A record that was read for a job known by its message only; what came since counts more. */
    synchronized void lookedUp(JobId id, JobRecord record) {
        if (find(id).filter(entry -> !entry.stored()).isPresent()) {
            put(id, new Entry(record, true));
        }
    }

    private void step(JobId id, JobRecord record, Entry entry) {
        put(id, entry);
        steps.accept(JobSnapshots.of(new JobRef(queue, id), record));
    }

    private void put(JobId id, Entry entry) {
        Age age = new Age(entry.record().submittedAt(), id);
        Age before = ages.put(id, age);
        if (before != null) {
            entries.remove(before);
        }
        entries.put(age, entry);
        if (entries.size() > CAPACITY) {
            ages.remove(entries.pollFirstEntry().getKey().id());
        }
    }

    private Optional<Entry> find(JobId id) {
        return Optional.ofNullable(ages.get(id)).map(entries::get);
    }

    /** Jobs that are known by their message only. */
    synchronized List<JobId> withoutRecord() {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getValue().stored())
                .map(entry -> entry.getKey().id())
                .toList();
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized List<Job> list(JobQuery query) {
        return entries.descendingMap().entrySet().stream()
                .map(entry -> JobSnapshots.of(
                        new JobRef(queue, entry.getKey().id()), entry.getValue().record()))
                .filter(query::matches)
                .limit(query.limit())
                .toList();
    }

    /** The message of a next attempt can arrive before the record that tells of it. */
    private static JobState state(JobMessage job, Place place) {
        return switch (place) {
            case READY -> JobState.WAITING;
            case DELAYED -> job.attemptsMade() > 0 ? JobState.RETRYING : JobState.DELAYED;
            case HELD -> JobState.BLOCKED;
        };
    }
}
