package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.LastMessages;
import io.fleetsdk.nats.internal.job.JobPublisher.Stored;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.NUID;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a job lies in its queue's stream: ready in its lane, delayed as a message schedule, or held. Each write waits for the broker. */
final class JobPlaces {
    private static final Logger log = LoggerFactory.getLogger(JobPlaces.class);
    private static final int SWEEPS = 5;

    /** Each has three places. */
    private static final int JOBS_AT_ONCE = LastMessages.MOST / 3;

    /**
     * What lies where.
     *
     * @param sequence in its stream
     * @param since when it was put there
     */
    record Placed(JobMessage job, Place place, long sequence, Instant since) {}

    enum Place {
        READY,
        DELAYED,
        HELD
    }

    private final JobBroker broker;
    private final QueueStreams streams;
    private final QueueLanes lanes;
    private final JobMessages messages;
    private final JobPublisher publisher;
    private final LastMessages lastMessages;
    private final LeaderReads leaderReads;

    JobPlaces(JobBroker broker, QueueStreams streams, QueueLanes lanes, JobMessages messages, JobPublisher publisher) {
        this.broker = broker;
        this.streams = streams;
        this.lanes = lanes;
        this.messages = messages;
        this.publisher = publisher;
        this.lastMessages = broker.lastMessages();
        this.leaderReads = new LeaderReads(broker);
    }

    /**
     * Puts the job into its lane. A job without a record that was placed before, or lies in a lane already, stays alone; one with a
     * record is put there whatever lies there, for its worker reads the record first.
     */
    void ready(JobMessage job) {
        if (job.recorded()) {
            lanes.open(job.lane());
            publisher.store(named(messages.ready(job), NUID.nextGlobal()));
        } else {
            readyAlone(job);
        }
    }

    /** {@link #ready} of a job that has no record, saying whether it was new. */
    Stored readyAlone(JobMessage job) {
        lanes.open(job.lane());
        NatsMessage message = named(messages.ready(job), job.ref().id().value());
        message.getHeaders()
                .put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, "0")
                .put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_SUB_HDR, JobSubjects.ready(job.ref()));
        return alone(message);
    }

    /** Has the broker put the job into its lane at this time; replaces what was delayed under the same id. */
    void delayed(JobMessage job, Instant at) {
        lanes.open(job.lane());
        publisher.store(named(messages.delayed(job, at), NUID.nextGlobal()));
    }

    /** {@link #delayed} that replaces nothing, saying whether it was new. */
    Stored delayedAlone(JobMessage job, Instant at) {
        lanes.open(job.lane());
        return firstOfItsSubject(job, messages.delayed(job, at));
    }

    /** Puts the job aside; replaces what was held under the same id. */
    void held(JobMessage job) {
        lanes.open(job.lane());
        publisher.store(named(messages.held(job), NUID.nextGlobal()));
    }

    /** {@link #held} that replaces nothing, saying whether it was new. */
    Stored heldAlone(JobMessage job) {
        lanes.open(job.lane());
        return firstOfItsSubject(job, messages.held(job));
    }

    private Stored firstOfItsSubject(JobMessage job, NatsMessage message) {
        named(message, job.ref().id().value()).getHeaders().put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, "0");
        return alone(message);
    }

    private Stored alone(NatsMessage message) {
        try {
            return publisher.store(message);
        } catch (ConflictException e) {
            log.debug("Not stored, for it is there: {}", e.getMessage());
            return Stored.DUPLICATE;
        }
    }

    /**
     * Moves a held job into its lane. Idempotent: what is no longer held stays where it is. A crash in between is repaired by the
     * next call: the message in the lane is the same, and says that its worker must read the record first.
     */
    void release(JobRef ref) {
        leaderReads.last(streams.of(ref.queue()), JobSubjects.held(ref)).ifPresent(message -> {
            JobMessage job = messages.readAside(message.getHeaders(), body(message), time(message));
            String once = ref.id() + "-released-" + message.getSeq();
            lanes.open(job.lane());
            publisher.store(named(messages.ready(job.again(job.attemptsMade())), once));
            purge(ref, message);
        });
    }

    /** Takes the job out of wherever it lies. */
    void withdraw(JobRef ref) {
        List<MessageInfo> found = everywhere(ref);
        // A delayed job can become ready between the look and the purge, and so lie where nobody has looked.
        for (int sweep = 0; !found.isEmpty() && sweep < SWEEPS; sweep++) {
            found.forEach(message -> takeOut(ref, message));
            found = everywhere(ref);
        }
    }

    /** Where the job lies, if it does. A job that has ended may lie in its lane for some time more. */
    Optional<Placed> find(JobRef ref) {
        return everywhere(ref).stream()
                .flatMap(message -> placed(ref, message).stream())
                .max(Comparator.comparingLong(Placed::sequence));
    }

    /** {@link #find} for many, with few requests; jobs of queues that are gone lie nowhere. */
    Map<JobRef, Placed> find(List<JobRef> refs) {
        Map<JobRef, Placed> found = new HashMap<>();
        Map<String, List<JobRef>> queues = refs.stream().collect(Collectors.groupingBy(JobRef::queue));
        queues.forEach((queue, jobs) -> streams.find(queue).ifPresent(stream -> {
            for (int from = 0; from < jobs.size(); from += JOBS_AT_ONCE) {
                find(stream, jobs.subList(from, Math.min(from + JOBS_AT_ONCE, jobs.size())), found);
            }
        }));
        return found;
    }

    private void find(String stream, List<JobRef> some, Map<JobRef, Placed> found) {
        List<String> subjects =
                some.stream().flatMap(ref -> subjects(ref).stream()).toList();
        Map<String, JobRef> byId =
                some.stream().collect(Collectors.toMap(ref -> ref.id().value(), ref -> ref, (a, b) -> a));
        for (MessageInfo message : lastMessages.of(stream, subjects)) {
            JobRef ref = Objects.requireNonNull(byId.get(JobSubjects.last(message.getSubject())));
            placed(ref, message).ifPresent(placed -> found.merge(ref, placed, JobPlaces::newer));
        }
    }

    private static Placed newer(Placed one, Placed other) {
        return one.sequence() > other.sequence() ? one : other;
    }

    private List<MessageInfo> everywhere(JobRef ref) {
        return stored(ref, subjects(ref));
    }

    private static List<String> subjects(JobRef ref) {
        return List.of(JobSubjects.ready(ref), JobSubjects.delayed(ref), JobSubjects.held(ref));
    }

    private List<MessageInfo> stored(JobRef ref, List<String> subjects) {
        return lastMessages.of(streams.of(ref.queue()), subjects);
    }

    /** Jobs that cannot be read lie nowhere: they are on their way to the dead letters. */
    private Optional<Placed> placed(JobRef ref, MessageInfo message) {
        try {
            Place place = place(ref, message.getSubject());
            JobMessage job = place == Place.READY
                    ? messages.read(message.getSubject(), message.getHeaders(), body(message), time(message))
                    : messages.readAside(message.getHeaders(), body(message), time(message));
            return Optional.of(new Placed(job, place, message.getSeq(), time(message)));
        } catch (InvalidInputException e) {
            log.warn("{} holds no job", message.getSubject(), e);
            return Optional.empty();
        }
    }

    private static Place place(JobRef ref, String subject) {
        if (subject.equals(JobSubjects.delayed(ref))) {
            return Place.DELAYED;
        }
        return subject.equals(JobSubjects.held(ref)) ? Place.HELD : Place.READY;
    }

    private static Instant time(MessageInfo message) {
        return message.getTime().toInstant();
    }

    private static byte[] body(MessageInfo message) {
        byte[] data = message.getData();
        return data == null ? new byte[0] : data;
    }

    /**
     * A message in a lane goes by its number. It may be with a worker, and a purge by subject then moves the lane's ack floor past those
     * that were delivered before it: the broker would forget them unacknowledged, and a job whose worker stops would be lost.
     */
    private void takeOut(JobRef ref, MessageInfo message) {
        if (place(ref, message.getSubject()) == Place.READY) {
            delete(ref, message);
        } else {
            purge(ref, message);
        }
    }

    private void delete(JobRef ref, MessageInfo message) {
        broker.call("take out " + message.getSubject(), () -> {
            try {
                return broker.management().deleteMessage(streams.of(ref.queue()), message.getSeq(), false);
            } catch (JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    private void purge(JobRef ref, MessageInfo message) {
        broker.call(
                "take out " + message.getSubject(),
                () -> broker.management()
                        .purgeStream(streams.of(ref.queue()), PurgeOptions.subject(message.getSubject())));
    }

    private static NatsMessage named(NatsMessage message, String messageId) {
        message.getHeaders().put(NatsJetStreamConstants.MSG_ID_HDR, messageId);
        return message;
    }
}
