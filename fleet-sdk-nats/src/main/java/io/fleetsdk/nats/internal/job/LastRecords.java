package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnknownOutcomeException;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records that end jobs. No write follows on them, so nobody needs their revisions, and they can go in batches of the
 * quicker kind, which form by themselves while those before are on their way. Thread-safe, without a thread of its own.
 */
final class LastRecords {
    private static final int MOST_BATCHES = 2;
    /** What is worth a second batch while the first is on its way. */
    private static final int WORTH_A_SECOND = 64;
    /** Larger records gain nothing here. */
    private static final int LARGEST = 16 * 1024;

    /** Written once: most jobs have no record before their last one. */
    private static final Headers FIRST = new Headers(after(JobRecords.NONE), true);

    private static Headers after(long revision) {
        return new Headers().put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, Long.toString(revision));
    }

    /** A record that waits to be written. */
    private record Entry(String subject, byte[] body, long expected, CompletableFuture<Long> stored) {
        void complete() {
            stored.complete(expected);
        }

        NatsMessage message() {
            return new NatsMessage(subject, null, expected == JobRecords.NONE ? FIRST : after(expected), body);
        }
    }

    private final RecordCommits commits;
    private final QuickerBatch batch;
    private final StoredRecords announced;
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    LastRecords(RecordCommits commits, QuickerBatch batch, StoredRecords announced) {
        this.commits = commits;
        this.announced = announced;
        this.batch = batch;
    }

    /**
     * Writes one record.
     *
     * @return completes with the expected revision when it is stored, or exceptionally with a {@link FleetException}; dependents must not block
     */
    CompletableFuture<Long> commit(String subject, byte[] record, long expectedRevision) {
        Entry entry = new Entry(subject, record, expectedRevision, new CompletableFuture<>());
        if (record.length > LARGEST) {
            passOn(entry);
        } else {
            waiting.add(entry);
            waitingCount.incrementAndGet();
            send();
        }
        return entry.stored();
    }

    private void passOn(Entry entry) {
        commits.commit(entry.subject(), entry.body(), entry.expected()).whenComplete((revision, failure) -> {
            if (failure == null) {
                entry.complete();
            } else {
                entry.stored().completeExceptionally(failure);
            }
        });
    }

    /** One caller at a time sends what may be sent, for the others as well. */
    private void send() {
        if (calls.getAndIncrement() == 0) {
            int answered = 1;
            do {
                while (isWorthABatch()) {
                    sendBatch();
                }
                answered = calls.addAndGet(-answered);
            } while (answered != 0);
        }
    }

    private boolean isWorthABatch() {
        int onTheirWay = batches.get();
        return onTheirWay < MOST_BATCHES && waitingCount.get() >= (onTheirWay == 0 ? 1 : WORTH_A_SECOND);
    }

    private void sendBatch() {
        int count = waitingCount.get();
        QuickerBatch.Turn turn = batch.next(count);
        int size = Math.min(count, turn.most());
        List<Entry> entries = new ArrayList<>(size);
        List<NatsMessage> messages = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Entry entry = waiting.remove();
            entries.add(entry);
            messages.add(entry.message());
        }
        waitingCount.addAndGet(-size);
        batches.incrementAndGet();
        turn.way().publish(messages).whenComplete((stored, failure) -> {
            batches.decrementAndGet();
            tell(entries, stored, failure);
            send();
        });
    }

    /** Where one is refused, it and those after it find out on their own why. */
    private void tell(List<Entry> entries, @Nullable Integer stored, @Nullable Throwable failure) {
        int known = stored == null ? 0 : stored;
        announced.tell(entries.subList(0, known).stream().map(Entry::subject).toList());
        for (int i = 0; i < entries.size(); i++) {
            if (i < known) {
                entries.get(i).complete();
            } else if (failure != null && UntilStored.causeOf(failure) instanceof UnknownOutcomeException unknown) {
                entries.get(i).stored().completeExceptionally(unknown);
            } else {
                passOn(entries.get(i));
            }
        }
    }
}
