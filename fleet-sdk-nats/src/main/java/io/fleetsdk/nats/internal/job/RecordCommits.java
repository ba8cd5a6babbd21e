package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes records without one waiting for the other. Few are published one by one, for that is quickest. Where they pile up, because
 * the broker syncs each write or because there are many, they go as atomic batches, which cost the broker one sync each: so the group
 * forms by itself while the last one is being written. Thread-safe, without a thread of its own.
 */
final class RecordCommits {
    /** A batch costs some 2.5 ms, however small: less than so many single writes where each waits for the disk. */
    private static final int WORTH_A_BATCH = 16;

    /** What the client would refuse to publish must not stand in the way of the others. */
    private static final int ROOM_FOR_HEADERS = 1_024;

    private static final int MOST_BATCHES = 2;
    private static final int MOST_SINGLES = 64;

    /** A record that waits to be written. */
    private record Entry(String subject, byte[] body, String expected, CompletableFuture<Long> revision) {
        NatsMessage message() {
            Headers headers = new Headers().put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, expected);
            return NatsMessage.builder()
                    .subject(subject)
                    .headers(headers)
                    .data(body)
                    .build();
        }
    }

    private final JobBroker broker;
    private final AtomicBatch batch;
    private final StoredRecords announced;
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicInteger singles = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    RecordCommits(JobBroker broker, StoredRecords announced) {
        this.broker = broker;
        this.announced = announced;
        this.batch = new AtomicBatch(broker);
    }

    /**
     * Writes one record.
     *
     * @return completes with its revision, or exceptionally with a {@link FleetException}; dependents must not block
     */
    CompletableFuture<Long> commit(String subject, byte[] record, long expectedRevision) {
        CompletableFuture<Long> revision = new CompletableFuture<>();
        long limit = broker.connection().getMaxPayload() - ROOM_FOR_HEADERS;
        if (record.length > limit) {
            return CompletableFuture.failedFuture(new InvalidInputException(
                    subject, record.length + " bytes", "must be at most " + limit + " bytes"));
        }
        waiting.add(new Entry(subject, record, Long.toString(expectedRevision), revision));
        waitingCount.incrementAndGet();
        send();
        return revision;
    }

    /** One caller at a time sends what may be sent, for the others as well. */
    private void send() {
        if (calls.getAndIncrement() == 0) {
            int answered = 1;
            do {
                while (sentSome()) {}
                answered = calls.addAndGet(-answered);
            } while (answered != 0);
        }
    }

    private boolean sentSome() {
        int count = waitingCount.get();
        if (count >= WORTH_A_BATCH) {
            return batches.get() < MOST_BATCHES && sentBatch(Math.min(count, AtomicBatch.MOST));
        }
        return count > 0 && singles.get() < MOST_SINGLES && sentSingle();
    }

    private boolean sentSingle() {
        Entry entry = waiting.remove();
        waitingCount.decrementAndGet();
        singles.incrementAndGet();
        publish(entry).whenComplete((answer, failure) -> {
            singles.decrementAndGet();
            send();
        });
        return true;
    }

    /** Completes after the entry was told what became of it. */
    private CompletableFuture<?> publish(Entry entry) {
        try {
            return broker.connection()
                    .requestWithTimeout(entry.message(), broker.requestTimeout())
                    .whenComplete((answer, failure) -> tell(entry, answer, failure));
        } catch (IllegalStateException e) {
            entry.revision().completeExceptionally(BrokerErrors.classified("record " + entry.subject(), e));
            return entry.revision();
        }
    }

    private void tell(Entry entry, @Nullable Message answer, @Nullable Throwable failure) {
        try {
            entry.revision().complete(revision(answer, failure));
            announced.tell(List.of(entry.subject()));
        } catch (JetStreamApiException | IOException e) {
            entry.revision().completeExceptionally(BrokerErrors.classified("record " + entry.subject(), e));
        } catch (FleetException e) {
            entry.revision().completeExceptionally(e);
        }
    }

    private static long revision(@Nullable Message answer, @Nullable Throwable failure)
            throws JetStreamApiException, IOException {
        if (answer == null) {
            throw new UnknownOutcomeException("record a job: no answer in time", failure);
        }
        if (answer.isStatusMessage()) {
            throw new UnavailableException("record a job: nobody answers: " + answer.getStatus(), null);
        }
        return new PublishAck(answer).getSeqno();
    }

    private boolean sentBatch(int size) {
        List<Entry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(waiting.remove());
        }
        waitingCount.addAndGet(-size);
        sendBatch(entries);
        return true;
    }

    private void sendBatch(List<Entry> entries) {
        batches.incrementAndGet();
        batch.publish(entries.stream().map(Entry::message).toList()).whenComplete((first, failure) -> {
            batches.decrementAndGet();
            tell(entries, first, failure);
            send();
        });
    }

    private void tell(List<Entry> entries, @Nullable Long first, @Nullable Throwable failure) {
        if (failure == null) {
            long revision = Objects.requireNonNull(first);
            for (Entry entry : entries) {
                entry.revision().complete(revision++);
            }
            announced.tell(entries.stream().map(Entry::subject).toList());
        } else if (UntilStored.isPassing(failure)) {
            Throwable why = UntilStored.causeOf(failure);
            entries.forEach(entry -> entry.revision().completeExceptionally(why));
        } else {
            findRefused(entries);
        }
    }

    /** Of a refused batch nothing is stored: its halves show which record was to blame, and the last few each on its own. */
    private void findRefused(List<Entry> entries) {
        if (entries.size() < WORTH_A_BATCH) {
            entries.forEach(this::publish);
        } else {
            int half = entries.size() / 2;
            sendBatch(entries.subList(0, half));
            sendBatch(entries.subList(half, entries.size()));
        }
    }
}
