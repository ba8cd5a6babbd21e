package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores many plain jobs: in atomic batches, two on their way while the next one is written. A batch that the broker refuses is sent once
 * more, message by message, so that each job has an answer of its own.
 */
final class JobBulk {
    private static final Logger log = LoggerFactory.getLogger(JobBulk.class);
    private static final int BATCHES_ON_THEIR_WAY = 2;
    /** The broker keeps a batch in memory until it is whole. */
    private static final long LARGEST_BATCH_BYTES = 8L << 20;

    private final JobBroker broker;
    private final AtomicBatch batches;
    private final JobIntake intake;

    JobBulk(JobBroker broker, JobIntake intake) {
        this.broker = broker;
        this.batches = new AtomicBatch(broker);
        this.intake = intake;
    }

    Run begin(String queue) {
        return new Run(queue);
    }

    /** A job's message, and who hears why it is not stored. */
    private record Item(NatsMessage message, Consumer<FleetException> refused) {}

    /** Items on their way. */
    private record Sent(List<Item> items, CompletableFuture<Long> answer) {}

    /** One call's jobs. Not thread-safe. */
    final class Run {
        private final String queue;
        private final ArrayDeque<Sent> onTheirWay = new ArrayDeque<>();
        private List<Item> next = new ArrayList<>();
        private long bytes;
        private int stored;

        private Run(String queue) {
            this.queue = queue;
        }

        /**
         * Adds a job.
         *
         * @param refused hears why it is not stored, at the latest in {@link #finish}; says nothing otherwise
         * @throws FleetException if it cannot even be sent
         */
        void add(JobMessage job, Consumer<FleetException> refused) {
            NatsMessage message = intake.plain(job);
            next.add(new Item(message, refused));
            bytes += message.getData().length;
            if (next.size() == AtomicBatch.MOST || bytes >= LARGEST_BATCH_BYTES) {
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
            onTheirWay.add(new Sent(next, batches.publish(messages(next))));
            next = new ArrayList<>();
            bytes = 0;
        }

        private void settle(Sent sent) {
            try {
                joined(sent.answer());
                stored += sent.items().size();
            } catch (UnavailableException | UnknownOutcomeException e) {
                sendAgain(sent.items(), e);
            } catch (FleetException e) {
                sendOneByOne(sent.items());
            }
        }

        /** Safe, for the message ids are the same. */
        private void sendAgain(List<Item> items, FleetException first) {
            log.info("{} jobs of a bulk are sent again: {}", items.size(), first.getMessage());
            try {
                JobPublisher.AGAIN.executeSupplier(() -> joined(batches.publish(messages(items))));
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
            log.info("{} jobs of a bulk are sent one by one, for the broker refused the batch", items.size());
            List<CompletableFuture<PublishAck>> answers =
                    items.stream().map(item -> sendAlone(item.message())).toList();
            for (int i = 0; i < items.size(); i++) {
                try {
                    joined(answers.get(i));
                    stored++;
                } catch (FleetException e) {
                    items.get(i).refused().accept(e);
                }
            }
        }
    }

    private static List<NatsMessage> messages(List<Item> items) {
        return items.stream().map(Item::message).toList();
    }

    private CompletableFuture<PublishAck> sendAlone(NatsMessage message) {
        message.getHeaders()
                .remove(
                        NatsJetStreamConstants.NATS_BATCH_ID_HDR,
                        NatsJetStreamConstants.NATS_BATCH_SEQUENCE_HDR,
                        NatsJetStreamConstants.NATS_BATCH_COMMIT_HDR);
        try {
            return broker.jetStream()
                    .publishAsync(message)
                    .orTimeout(2 * broker.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException e) {
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
