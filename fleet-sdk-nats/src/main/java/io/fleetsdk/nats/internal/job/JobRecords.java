package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.LastMessages;
import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The records of jobs in the bucket JOB_PROGRESS. Every write names the revision that it follows, so that of two who think they own
 * a job only one gets through: that is the fence.
 */
final class JobRecords {
    /** The revision before the first record. */
    static final long NONE = 0;

    /** A record and its revision: the stream sequence to be named by the next write. */
    record Recorded(JobRef ref, JobRecord record, long revision) {}

    private final JobBroker broker;
    private final String prefix;
    private final RecordCommits commits;
    private final LastRecords lastRecords;
    private final LastMessages lastMessages;

    JobRecords(JobBroker broker, RecordCommits commits, LastRecords lastRecords) {
        this.broker = broker;
        this.prefix = subjects(broker);
        this.lastMessages = broker.lastMessages();
        this.commits = commits;
        this.lastRecords = lastRecords;
    }

    /** The bucket's subject of a job's record. */
    String subject(JobRef ref) {
        return prefix + ref.queue() + "." + ref.id();
    }

    /** What the subjects of all records begin with. */
    static String subjects(JobBroker broker) {
        return "$KV." + broker.records() + ".";
    }

    /** The subjects of all records. */
    String allSubjects() {
        return prefix + "*.*";
    }

    /**
     * The job's record.
     *
     * @throws io.fleetsdk.UnavailableException if the broker cannot be asked
     */
    Optional<Recorded> read(JobRef ref) {
        return broker.call("read job " + ref, () -> {
            try {
                MessageInfo info = broker.management().getLastMessage(broker.recordStream(), subject(ref));
                return recorded(ref, info);
            } catch (io.nats.client.JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** The records of those of the jobs that have one, with one request for every thousand. */
    Map<JobRef, Recorded> read(List<JobRef> refs) {
        Map<String, JobRef> subjects = new HashMap<>();
        refs.forEach(ref -> subjects.put(subject(ref), ref));
        List<String> all = List.copyOf(subjects.keySet());
        Map<JobRef, Recorded> found = new HashMap<>();
        for (int from = 0; from < all.size(); from += LastMessages.MOST) {
            List<String> some = all.subList(from, Math.min(from + LastMessages.MOST, all.size()));
            for (MessageInfo info : lastMessages.of(broker.recordStream(), some)) {
                JobRef ref = Objects.requireNonNull(subjects.get(info.getSubject()));
                recorded(ref, info).ifPresent(known -> found.put(ref, known));
            }
        }
        return found;
    }

    /** An empty message says that the record has expired. */
    private Optional<Recorded> recorded(JobRef ref, MessageInfo info) {
        byte[] json = info.getData();
        return json == null || json.length == 0
                ? Optional.empty()
                : Optional.of(new Recorded(ref, decode(json), info.getSeq()));
    }

    JobRecord decode(byte[] json) {
        return broker.codec().decode(json, JobRecord.class);
    }

    byte[] encode(JobRecord record) {
        return broker.codec().encode(record);
    }

    /**
     * Stores the record if its job's last one still has the expected revision.
     *
     * @return completes with the new revision; exceptionally with a {@link io.fleetsdk.ConflictException} if somebody else wrote
     *     meanwhile, or another {@link FleetException}
     */
    CompletableFuture<Long> write(JobRef ref, JobRecord record, long expected) {
        return commits.commit(subject(ref), encode(record), expected);
    }

    /**
     * Stores the record that ends its job, if the last one still has the expected revision.
     *
     * @return completes with the revision that it follows, for nobody needs its own; exceptionally as {@link #write} does
     */
    CompletableFuture<Long> writeLast(JobRef ref, JobRecord record, long expected) {
        return lastRecords.commit(subject(ref), encode(record), expected);
    }

    /**
     * {@link #write}, waiting for it.
     *
     * @throws io.fleetsdk.ConflictException if somebody else wrote meanwhile
     */
    Recorded writeNow(JobRef ref, JobRecord record, long expected) {
        return new Recorded(ref, record, awaited("record job " + ref, write(ref, record, expected)));
    }

    /** Stores an entry beside a record, on its own subject. */
    CompletableFuture<Long> writeEntry(String subject, byte[] value, long expected) {
        return commits.commit(subject, value, expected);
    }

    /** Waits for a write. */
    <T> T awaited(String doing, CompletableFuture<T> future) {
        Duration limit = broker.requestTimeout().multipliedBy(5);
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof FleetException known
                    ? known
                    : new UnknownOutcomeException(doing + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new UnknownOutcomeException(doing + ": no answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownOutcomeException(doing + ": interrupted", e);
        }
    }
}
