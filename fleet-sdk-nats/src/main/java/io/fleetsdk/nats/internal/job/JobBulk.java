package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores many plain jobs: in batches of the quicker kind, two on their way while the next one is written. What is not known to be stored is
 * sent again, and then the broker is told to store a job only where nothing lies under its subject, and its worker to read the record
 * first: so the messages need no ids, of which the broker would keep each for ten minutes, a fifth of its work for a job.
 */
final class JobBulk {
    private static final Logger log = LoggerFactory.getLogger(JobBulk.class);
    private static final int BATCHES_ON_THEIR_WAY = 2;
    /** The broker may keep a batch in memory until it is whole. */
    private static final long LARGEST_BATCH_BYTES = 8L << 20;

    private final JobBroker broker;
    private final FastBatch fast;
    private final AtomicBatch atomic;
    private final JobIntake intake;
    /** Of each queue's stream, for one may be in memory and another on the disk. */
    private final Map<String, QuickerBatch> batches = new ConcurrentHashMap<>();

    JobBulk(JobBroker broker, FastBatch fast, JobIntake intake) {
        this.broker = broker;
        this.fast = fast;
        this.atomic = new AtomicBatch(broker);
        this.intake = intake;
    }

    Run begin(String queue) {
        return new Run(queue, batches.computeIfAbsent(queue, any -> new QuickerBatch(fast, atomic)));
    }

    /** A job's message, and who hears why it is not stored. */
    private record Item(JobMessage job, NatsMessage message, Consumer<FleetException> refused) {}

    /** Items on their way. */
    private record Sent(List<Item> items, CompletableFuture<Integer> answer) {}

    /** One call's jobs. Not thread-safe. */
    final class Run {
        private final String queue;
        private final QuickerBatch quicker;
        private final ArrayDeque<Sent> onTheirWay = new ArrayDeque<>();
        private List<Item> next = new ArrayList<>();
        private QuickerBatch.Turn turn;
        private long bytes;
        private int stored;

        private Run(String queue, QuickerBatch quicker) {
            this.queue = queue;
            this.quicker = quicker;
            this.turn = quicker.next(AtomicBatch.MOST);
        }

        /**
         * Adds a job.
         *
         * @param refused hears why it is not stored, at the latest in {@link #finish}; says nothing otherwise
         * @throws FleetException if it cannot even be sent
         */
        void add(JobMessage job, Consumer<FleetException> refused) {
            NatsMessage message = intake.plain(job);
            next.add(new Item(job, message, refused));
            bytes += message.getData().length;
            if (next.size() >= turn.most() || bytes >= LARGEST_BATCH_BYTES) {
                send();
            }
        }

        /** Waits for all answers. */
        void finish() {
            if (!next.isEmpty()) {
                send();
            }
            while (!onTheirWay.isEmpty()) {
                settle(onTheirWay.remove());
            }
            intake.counted(queue, stored);
        }

        private void send() {
            if (onTheirWay.size() == BATCHES_ON_THEIR_WAY) {
                settle(onTheirWay.remove());
            }
            List<NatsMessage> messages = next.stream().map(Item::message).toList();
            onTheirWay.add(new Sent(next, turn.way().publish(messages)));
            next = new ArrayList<>();
            turn = quicker.next(AtomicBatch.MOST);
            bytes = 0;
        }

        private void settle(Sent sent) {
            List<Item> items = sent.items();
            try {
                int first = joined(sent.answer());
                stored += first;
                sendOneByOne(items.subList(first, items.size()));
            } catch (UnavailableException | UnknownOutcomeException e) {
                sendAgain(items, e);
            } catch (FleetException e) {
                sendOneByOne(items);
            }
        }

        private void sendAgain(List<Item> items, FleetException first) {
            log.info("{} jobs of a bulk are sent again: {}", items.size(), first.getMessage());
            List<NatsMessage> messages =
                    items.stream().map(item -> intake.again(item.job())).toList();
            try {
                JobPublisher.AGAIN.executeSupplier(() -> joined(atomic.publish(messages)));
                stored += items.size();
            } catch (UnavailableException e) {
                refuse(items, first instanceof UnknownOutcomeException ? first : e);
            } catch (UnknownOutcomeException e) {
                refuse(items, e);
            } catch (FleetException e) {
                sendOneByOne(items);
            }
        }

        private void refuse(List<Item> items, FleetException why) {
            items.forEach(item -> item.refused().accept(why));
        }

        private void sendOneByOne(List<Item> items) {
            if (!items.isEmpty()) {
                log.info("{} jobs of a bulk are sent one by one", items.size());
            }
            List<CompletableFuture<PublishAck>> answers =
                    items.stream().map(item -> sendAlone(item.job())).toList();
            for (int i = 0; i < items.size(); i++) {
                try {
                    joined(answers.get(i));
                    stored++;
                } catch (ConflictException e) {
                    log.debug("{} was stored before", items.get(i).job().ref());
                    stored++;
                } catch (FleetException e) {
                    items.get(i).refused().accept(e);
                }
            }
        }
    }

    private CompletableFuture<PublishAck> sendAlone(JobMessage job) {
        try {
            return broker.jetStream()
                    .publishAsync(intake.again(job))
                    .orTimeout(2 * broker.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException | FleetException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> T joined(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw classified(e);
        } catch (CancellationException e) {
            throw new UnknownOutcomeException("publish a job: no answer in time", e);
        }
    }

    private static FleetException classified(CompletionException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof JetStreamApiException)
                && !(cause instanceof FleetException)) {
            cause = cause.getCause();
        }
        if (cause instanceof FleetException known) {
            return known;
        }
        return cause instanceof Exception e
                ? BrokerErrors.classified("publish a job", e)
                : new UnknownOutcomeException("publish a job: " + cause, failure);
    }
}
