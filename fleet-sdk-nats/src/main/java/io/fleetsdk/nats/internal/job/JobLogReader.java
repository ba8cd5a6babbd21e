package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.LastMessages;
import io.fleetsdk.nats.internal.StreamFollower;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the logs of all queues from their streams and from the stream of the records; finds queues that are defined later. */
final class JobLogReader implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(JobLogReader.class);
    private static final long NEW_QUEUES_MILLIS = 2_000;
    private static final int NEWEST = 10_000;
    private static final int LOOKED_UP = 500;
    /** Records with more bytes are remembered in short. */
    private static final int LARGE = 4_096;

    private final JobBroker broker;
    private final QueueStreams streams;
    private final JobMessages messages;
    private final JobRecords records;
    private final Function<String, QueueLog> logs;
    private final Map<String, StreamFollower> queues = new HashMap<>();
    private @Nullable StreamFollower recordFollower;
    private @Nullable Future<?> discovery;
    private boolean closed;

    JobLogReader(
            JobBroker broker,
            QueueStreams streams,
            JobMessages messages,
            JobRecords records,
            Function<String, QueueLog> logs) {
        this.broker = broker;
        this.streams = streams;
        this.messages = messages;
        this.records = records;
        this.logs = logs;
    }

    /** Returns when everything stored before is in the logs. */
    synchronized void ensureReading() {
        if (recordFollower != null || closed) {
            followNewQueues();
            return;
        }
        StreamFollower started = follow(broker.recordStream(), records.allSubjects(), false, this::record);
        try {
            started.awaitCaughtUp();
            followNewQueues();
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        recordFollower = started;
        discovery = broker.ticker()
                .scheduleWithFixedDelay(
                        this::lookForQueues, NEW_QUEUES_MILLIS, NEW_QUEUES_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookForQueues() {
        try {
            followNewQueues();
        } catch (FleetException e) {
            log.debug("New queues are looked for again later", e);
        }
    }

    private synchronized void followNewQueues() {
        if (closed) {
            return;
        }
        for (String queue : streams.queues()) {
            if (!queues.containsKey(queue)) {
                queues.put(queue, followed(queue));
            }
        }
    }

    private StreamFollower followed(String queue) {
        QueueLog log = logs.apply(queue);
        StreamFollower started =
                follow(streams.of(queue), JobSubjects.queue(queue), true, message -> message(log, message));
        try {
            started.awaitCaughtUp();
            lookUp(queue, log);
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private StreamFollower follow(
            String stream, String subjects, boolean headersOnly, java.util.function.Consumer<Message> handler) {
        StoredMessages stored = new StoredMessages(broker, stream, subjects);
        OrderedConsumerConfiguration which = new OrderedConsumerConfiguration()
                .filterSubject(subjects)
                .headersOnly(headersOnly)
                .deliverPolicy(io.nats.client.api.DeliverPolicy.ByStartSequence)
                .startSequence(stored.startOfNewest(NEWEST, stored.lastSequence()));
        return StreamFollower.start(broker.connection(), stream, which, handler);
    }

    /** A job may have ended long ago, with its message not yet cleared away. */
    private void lookUp(String queue, QueueLog log) {
        List<JobId> unknown = log.withoutRecord();
        LastMessages last = broker.lastMessages();
        for (int from = 0; from < unknown.size(); from += LOOKED_UP) {
            List<String> subjects = unknown.subList(from, Math.min(unknown.size(), from + LOOKED_UP)).stream()
                    .map(id -> records.subject(new JobRef(queue, id)))
                    .toList();
            for (MessageInfo found : last.of(broker.recordStream(), subjects)) {
                record(found.getSubject(), found.getData())
                        .ifPresent(record -> log.lookedUp(JobId.of(JobSubjects.last(found.getSubject())), record));
            }
        }
    }

    private void message(QueueLog log, Message message) {
        String subject = message.getSubject();
        Instant storedAt = message.metaData().timestamp().toInstant();
        try {
            if (JobSubjects.isReady(subject)) {
                log.message(messages.read(subject, message.getHeaders(), message.getData(), storedAt), Place.READY);
            } else if (JobSubjects.isDelayed(subject) || JobSubjects.isHeld(subject)) {
                Place place = JobSubjects.isDelayed(subject) ? Place.DELAYED : Place.HELD;
                log.message(messages.readAside(message.getHeaders(), message.getData(), storedAt), place);
            }
        } catch (InvalidInputException e) {
            JobLogReader.log.debug("{} holds no job", subject, e);
        }
    }

    private void record(Message message) {
        String subject = message.getSubject();
        String[] tokens = subject.split("\\.");
        JobId id = JobId.of(tokens[tokens.length - 1]);
        QueueLog log = logs.apply(tokens[tokens.length - 2]);
        record(subject, message.getData()).ifPresent(record -> {
            boolean large = message.getData().length > LARGE;
            log.record(id, record, large ? record.inShort() : record);
        });
    }

    /** Empty for the marks of records that have expired. */
    private Optional<JobRecord> record(String subject, byte @Nullable [] json) {
        if (json == null || json.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(records.decode(json));
        } catch (InvalidInputException e) {
            log.warn("{} is no record of a job", subject, e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (discovery != null) {
            discovery.cancel(false);
        }
        if (recordFollower != null) {
            recordFollower.close();
        }
        queues.values().forEach(StreamFollower::close);
    }
}
