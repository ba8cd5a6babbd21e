package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobCounters.Count;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.fleetsdk.nats.internal.job.JobTerms.ChildTerms;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ends of children mean to the parents that wait for them. Of two children that end at the same time in two processes at least one
 * sees the other's end, for each has stored its own before it looks. Everything here may be repeated, and is by whoever repeats the end of
 * a child.
 */
final class FlowParents {
    private static final Logger log = LoggerFactory.getLogger(FlowParents.class);
    /** Parents of which this process remembers how far their children are. */
    private static final int REMEMBERED = 100;

    private final JobBroker broker;
    private final QueueStreams streams;
    private final JobMessages messages;
    private final JobRecords records;
    private final JobPlaces places;
    private final FlowChildren children;
    private final DeadLetterBox deadLetters;
    private final JobCounters counters;
    private final LeaderReads leader;
    private final Map<JobRef, AwaitedChildren> waits = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobRef, AwaitedChildren> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A parent that is put aside, as the broker keeps it. */
    private record Held(JobMessage job, MessageInfo message) {}

    FlowParents(
            JobBroker broker,
            QueueStreams streams,
            JobMessages messages,
            JobRecords records,
            JobPlaces places,
            FlowChildren children,
            DeadLetterBox deadLetters,
            JobCounters counters) {
        this.broker = broker;
        this.streams = streams;
        this.messages = messages;
        this.records = records;
        this.places = places;
        this.children = children;
        this.deadLetters = deadLetters;
        this.counters = counters;
        this.leader = new LeaderReads(broker);
    }

    void childEnded(JobRef parent, JobRef child, JobRecord ended) {
        AwaitedChildren awaited = awaited(parent);
        OnFailure onFailure = ended.state() == JobState.SUCCEEDED ? OnFailure.IGNORE : awaited.onFailure(child);
        switch (onFailure) {
            case FAIL_PARENT -> {
                fail(parent, child, ended);
                awaited.waitsNoLonger();
            }
            case CONTINUE_PARENT -> release(parent, awaited);
            case IGNORE -> {
                if (awaited.haveAllEnded(child)) {
                    release(parent, awaited);
                }
            }
        }
    }

    private AwaitedChildren awaited(JobRef parent) {
        synchronized (waits) {
            AwaitedChildren known = waits.get(parent);
            if (known != null) {
                return known;
            }
        }
        AwaitedChildren read = read(parent);
        synchronized (waits) {
            return waits.computeIfAbsent(parent, missing -> read);
        }
    }

    /** A parent that is no longer put aside has begun, or has ended: its record still says whose children's failure was its own. */
    private AwaitedChildren read(JobRef parent) {
        return held(parent)
                .map(held -> new AwaitedChildren(
                        children, held.job().terms().children(), held.job().submittedAt()))
                .orElseGet(() -> new AwaitedChildren(recordedChildren(parent)));
    }

    private List<ChildTerms> recordedChildren(JobRef parent) {
        return records.read(parent)
                .map(recorded -> recorded.record().termsOrNone().children())
                .orElse(List.of());
    }

    private void release(JobRef parent, AwaitedChildren awaited) {
        if (awaited.mayRelease()) {
            places.release(parent);
            awaited.waitsNoLonger();
        }
    }

    /** Like any end: the record, then the dead letter, then the message goes, then the parent's own parent learns of it. */
    private void fail(JobRef parent, JobRef child, JobRecord ended) {
        Optional<Held> held = held(parent);
        Optional<JobRecord> failed = held.flatMap(waiting -> failed(parent, waiting.job(), child, ended))
                .or(() -> records.read(parent).map(Recorded::record))
                .filter(record -> record.state() == JobState.FAILED);
        failed.ifPresent(record -> {
            held.ifPresent(waiting -> putAway(parent, waiting, record));
            record.termsOrNone().parent().ifPresent(grandparent -> childEnded(grandparent, parent, record));
        });
    }

    /** Empty where the parent has a record already: it has begun, or has ended. */
    private Optional<JobRecord> failed(JobRef parent, JobMessage job, JobRef child, JobRecord ended) {
        JobError why = new JobError(
                "child.failed",
                "child " + child + " ended " + ended.state()
                        + ended.error().map(error -> ": " + error.message()).orElse(""));
        JobRecord failed = JobRecord.of(job, JobState.BLOCKED)
                .withError(why)
                .ended(JobState.FAILED, broker.clock().instant());
        try {
            records.writeNow(parent, failed, JobRecords.NONE);
            counters.add(parent.queue(), Count.FAILED, 1);
            return Optional.of(failed);
        } catch (ConflictException e) {
            log.debug("Parent {} has a record before its child {} failed", parent, child, e);
            return Optional.empty();
        }
    }

    private void putAway(JobRef parent, Held held, JobRecord failed) {
        JobError why = failed.error().orElseGet(() -> new JobError("failed", ""));
        NatsMessage original = NatsMessage.builder()
                .subject(held.job().lane().job(parent.id()))
                .headers(held.message().getHeaders())
                .data(held.job().input())
                .build();
        records.awaited("store the dead letter of " + parent, deadLetters.put(original, why, failed.attempts()));
        places.withdraw(parent);
    }

    private Optional<Held> held(JobRef parent) {
        return leader.last(streams.of(parent.queue()), JobSubjects.held(parent)).map(this::held);
    }

    private Held held(MessageInfo message) {
        byte[] input = message.getData() == null ? new byte[0] : message.getData();
        return new Held(
                messages.readAside(
                        message.getHeaders(), input, message.getTime().toInstant()),
                message);
    }
}
