package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.Deduplication.Debounce;
import io.fleetsdk.job.Deduplication.KeepLast;
import io.fleetsdk.job.Deduplication.Throttle;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions.Start;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.ControlKeys.Entry;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobPublisher.Stored;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.fleetsdk.nats.internal.job.JobSubmitter.Submitted;
import io.nats.client.PublishOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deduplication by key. An entry of the bucket JOB_CONTROL says which jobs a key stands for; it is changed only from the revision that was
 * read. A process may die between any two steps here. What it leaves is one of these, and the next one that comes by the key repairs it: a
 * job that an entry names and nobody stored, a replaced job that is not yet discarded, a held job that is not yet released. The job whose
 * submit has returned is never among them.
 */
final class JobKeys {
    private static final Logger log = LoggerFactory.getLogger(JobKeys.class);
    private static final int LOOKS = 100;
    private static final Duration LINGER = Duration.ofHours(1);

    /** Whom a throttled key stands for. */
    record Claim(JobId id) {}

    /**
     * Whom a debounced key stands for.
     *
     * @param before whom it replaced, and may not have discarded yet
     */
    record Pending(JobId id, Optional<JobId> before) {
        Pending {
            before = Require.orEmpty(before);
        }
    }

    /** The one that may run and the one that waits behind it. */
    record Pair(Optional<JobId> active, Optional<JobId> waiting) {
        private static final Pair NOBODY = new Pair(Optional.empty(), Optional.empty());

        Pair {
            active = Require.orEmpty(active);
            waiting = Require.orEmpty(waiting);
        }

        static Pair alone(JobId id) {
            return new Pair(Optional.of(id), Optional.empty());
        }

        Pair followedBy(JobId last) {
            return new Pair(active, Optional.of(last));
        }

        boolean names(JobId id) {
            return active.filter(id::equals).isPresent()
                    || waiting.filter(id::equals).isPresent();
        }

        Pair without(JobId ended) {
            if (active.filter(ended::equals).isPresent()) {
                return waiting.map(Pair::alone).orElse(NOBODY);
            }
            return waiting.filter(ended::equals).isPresent() ? new Pair(active, Optional.empty()) : this;
        }
    }

    private final JobBroker broker;
    private final ControlKeys entries;
    private final JobIntake intake;
    private final JobPlaces places;
    private final JobRecords records;
    private final EarlyEnds earlyEnds;

    JobKeys(
            JobBroker broker,
            ControlKeys entries,
            JobIntake intake,
            JobPlaces places,
            JobRecords records,
            EarlyEnds earlyEnds) {
        this.broker = broker;
        this.entries = entries;
        this.intake = intake;
        this.places = places;
        this.records = records;
        this.earlyEnds = earlyEnds;
    }

    Submitted submit(JobDraft draft, Deduplication rule) {
        if (rule instanceof Throttle throttle) {
            return throttled(draft, throttle);
        }
        if (!(draft.options().start() instanceof Start.Now)) {
            throw new InvalidInputException(
                    "start", draft.options().start(), "must be left out with debounce and keep-last");
        }
        return rule instanceof Debounce debounce ? debounced(draft, debounce) : keptLast(draft, (KeepLast) rule);
    }

    private Submitted throttled(JobDraft draft, Throttle rule) {
        String key = key("throttle", draft.ref().queue(), rule.key());
        for (int look = 0; look < LOOKS; look++) {
            Entry<Claim> entry = entries.read(key, Claim.class);
            Optional<JobId> first = entry.value().map(Claim::id);
            if (first.isPresent()) {
                return claimed(draft, first.get());
            }
            if (replaced(key, new Claim(draft.ref().id()), lasting(rule.window()), entry.revision())) {
                return intake.takeOwn(draft);
            }
        }
        throw tooBusy(key);
    }

    /** Who claimed the key may not have stored its job yet, or never will: ours takes its name, and only one of the two is stored. */
    private Submitted claimed(JobDraft draft, JobId first) {
        boolean isOurs = first.equals(draft.ref().id());
        Submitted stored = intake.takeOwn(isOurs ? draft : draft.as(first));
        return isOurs ? stored : new Submitted(stored.ref(), Stored.DUPLICATE);
    }

    /** The newer job is stored first, so that the newest input is never only on its way. */
    private Submitted debounced(JobDraft draft, Debounce rule) {
        Instant quietSince = broker.clock().instant();
        Submitted submitted = intake.takeOwn(draft.startingAt(quietSince.plus(rule.quiet())));
        if (submitted.stored() == Stored.DUPLICATE) {
            return submitted;
        }
        String key = key("debounce", draft.ref().queue(), rule.key());
        for (int look = 0; look < LOOKS; look++) {
            Entry<Pending> entry = entries.read(key, Pending.class);
            Optional<Pending> before = entry.value();
            boolean isOurs =
                    before.filter(known -> known.id().equals(draft.ref().id())).isPresent();
            Pending ours = new Pending(draft.ref().id(), before.map(Pending::id));
            if (isOurs || replaced(key, ours, lasting(rule.quiet().plus(LINGER)), entry.revision())) {
                before.ifPresent(known -> discardDelayed(known, draft.ref()));
                return submitted;
            }
        }
        throw tooBusy(key);
    }

    private void discardDelayed(Pending older, JobRef newer) {
        Stream.concat(Stream.of(older.id()), older.before().stream())
                .filter(id -> !id.equals(newer.id()))
                .forEach(id -> discardDelayed(id, newer));
    }

    /** One whose time has come was quiet for long enough: it runs. */
    private void discardDelayed(JobId older, JobRef newer) {
        JobRef ref = new JobRef(newer.queue(), older);
        if (places.find(ref).filter(lying -> lying.place() == Place.DELAYED).isPresent()) {
            discard(ref, newer);
        }
    }

    private void discard(JobRef older, JobRef newer) {
        JobError reason = new JobError("discarded", "job " + newer.id() + " took its place");
        earlyEnds.end(older, JobState.DISCARDED, Optional.of(reason));
    }

    /** The job is held until its key says that it is the active one, so that an entry never names an active job that is nowhere. */
    private Submitted keptLast(JobDraft draft, KeepLast rule) {
        JobRef ref = draft.ref();
        Submitted submitted = intake.hold(draft.withKey(rule.key()));
        if (submitted.stored() == Stored.DUPLICATE && !isHeld(ref)) {
            return submitted;
        }
        String key = key("last", ref.queue(), rule.key());
        for (int look = 0; look < LOOKS; look++) {
            Entry<Pair> entry = entries.read(key, Pair.class);
            Pair before = entry.value().orElse(Pair.NOBODY);
            Pair after = joined(before, ref);
            if (before.equals(after) || replaced(key, after, PublishOptions.builder(), entry.revision())) {
                before.waiting()
                        .filter(id -> !after.names(id))
                        .ifPresent(id -> discard(new JobRef(ref.queue(), id), ref));
                releaseActive(after, ref.queue());
                return submitted;
            }
        }
        throw tooBusy(key);
    }

    private Pair joined(Pair before, JobRef ref) {
        if (before.names(ref.id())) {
            return before;
        }
        boolean isFree = before.active()
                .filter(id -> !isOver(new JobRef(ref.queue(), id)))
                .isEmpty();
        return isFree ? Pair.alone(ref.id()) : before.followedBy(ref.id());
    }

    /** Ended without telling the key, or gone. */
    boolean isOver(JobRef ref) {
        Optional<Recorded> recorded = records.read(ref);
        return recorded.map(known -> known.record().isFinal()).orElseGet(() -> isGone(ref));
    }

    /** A look at a job that moves from being held into its lane may find it in neither place: then it has arrived by the next look. */
    private boolean isGone(JobRef ref) {
        return IntStream.range(0, 2).noneMatch(look -> intake.isKnown(ref));
    }

    private boolean isHeld(JobRef ref) {
        return places.find(ref).filter(lying -> lying.place() == Place.HELD).isPresent();
    }

    /** The active job with the key, or the one that waits, has ended: the next one starts. Idempotent. */
    void released(String queue, String released, JobId ended) {
        String key = key("last", queue, released);
        for (int look = 0; look < LOOKS; look++) {
            Entry<Pair> entry = entries.read(key, Pair.class);
            Pair before = entry.value().orElse(Pair.NOBODY);
            Pair after = before.without(ended);
            if (before.equals(after) || wrote(key, entry.revision(), after)) {
                releaseActive(after, queue);
                return;
            }
        }
        throw tooBusy(key);
    }

    private boolean wrote(String key, long revision, Pair pair) {
        PublishOptions.Builder time = pair.equals(Pair.NOBODY) ? lasting(LINGER) : PublishOptions.builder();
        return replaced(key, pair, time, revision);
    }

    /** Not if somebody else was quicker, nor if nobody knows: then the next look shows. */
    private boolean replaced(String key, Object value, PublishOptions.Builder time, long revision) {
        try {
            entries.write(key, value, time.expectedLastSubjectSequence(revision).build());
            return true;
        } catch (ConflictException | UnknownOutcomeException e) {
            log.debug("{} is to be read again", key, e);
            return false;
        }
    }

    private static PublishOptions.Builder lasting(Duration time) {
        return PublishOptions.builder()
                .messageTtlSeconds((int) time.plusNanos(999_999_999).toSeconds());
    }

    private void releaseActive(Pair pair, String queue) {
        pair.active().ifPresent(id -> places.release(new JobRef(queue, id)));
    }

    private static String key(String kind, String queue, String key) {
        return "key." + queue + "." + kind + "." + key;
    }

    private static ConflictException tooBusy(String key) {
        return new ConflictException(key + " changes too quickly: submit again");
    }
}
