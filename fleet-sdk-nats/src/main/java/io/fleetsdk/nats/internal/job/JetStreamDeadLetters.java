package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.DeadLetters;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters of one queue. */
final class JetStreamDeadLetters implements DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(JetStreamDeadLetters.class);
    private static final int MOST_LISTED = 1_000;

    private final String queue;
    private final JobBroker broker;
    private final DeadLetterForm form;
    private final StoredMessages stored;
    private final DeadLetterRetry retries;

    JetStreamDeadLetters(String queue, JobParts parts) {
        this.queue = queue;
        this.broker = parts.broker();
        this.form = new DeadLetterForm(broker);
        this.stored = new StoredMessages(broker, broker.deadLetters(), JobSubjects.deadLetters(queue));
        this.retries = new DeadLetterRetry(parts);
    }

    @Override
    public List<DeadLetter> list(int limit) {
        Require.within("limit", limit, 1, MOST_LISTED);
        long last = stored.lastSequence();
        Deque<DeadLetter> newest = new ArrayDeque<>();
        each(stored.startOfNewest(limit, last), last, letter -> {
            newest.addFirst(letter.letter());
            if (newest.size() > limit) {
                newest.removeLast();
            }
        });
        return List.copyOf(newest);
    }

    private void each(long from, long last, Consumer<DeadLetterForm.Stored> use) {
        long next = from;
        List<MessageInfo> page = stored.page(next);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(message -> message.getSeq() <= last)
                    .map(this::read)
                    .forEach(use);
            next = page.get(page.size() - 1).getSeq() + 1;
            page = next > last ? List.of() : stored.page(next);
        }
    }

    private DeadLetterForm.Stored read(MessageInfo message) {
        return form.read(
                message.getSubject(),
                message.getHeaders(),
                message.getData(),
                message.getTime().toInstant(),
                message.getSeq());
    }

    @Override
    public Optional<DeadLetter> find(JobId id) {
        return found(id).map(DeadLetterForm.Stored::letter);
    }

    private Optional<DeadLetterForm.Stored> found(JobId id) {
        return broker.call("find dead letter " + id, () -> {
            try {
                return Optional.of(read(broker.management().getLastMessage(broker.deadLetters(), subject(id))));
            } catch (io.nats.client.JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void retry(JobId id) {
        retries.retry(found(id).orElseThrow(() -> missing(id)));
    }

    @Override
    public int retryAll() {
        int[] retried = {0};
        each(1, stored.lastSequence(), letter -> {
            try {
                retries.retry(letter);
                retried[0]++;
            } catch (InvalidInputException | ConflictException e) {
                log.info("Dead letter {} is not retried", letter.letter().ref(), e);
            }
        });
        return retried[0];
    }

    @Override
    public void purge(JobId id) {
        if (purged(subject(id)) == 0) {
            throw missing(id);
        }
    }

    @Override
    public int purgeAll() {
        return (int) purged(JobSubjects.deadLetters(queue));
    }

    private long purged(String subject) {
        return broker.call(
                "purge " + subject,
                () -> broker.management()
                        .purgeStream(broker.deadLetters(), PurgeOptions.subject(subject))
                        .getPurged());
    }

    private String subject(JobId id) {
        return JobSubjects.deadLetter(new JobRef(queue, id));
    }

    private NotFoundException missing(JobId id) {
        return new NotFoundException("queue " + queue + " has no dead letter " + id);
    }
}
