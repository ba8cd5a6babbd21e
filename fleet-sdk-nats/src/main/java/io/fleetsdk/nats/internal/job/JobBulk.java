package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 *
 * <p>The broker keeps every message id it sees for ten minutes, which is a fifth of its work for a job. A batch is stored whole or not at
 * all, so the id of its first message stands for all of them.
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

    /** A job, its message in the batch, and who hears why it is not stored. */
    private record Item(JobMessage job, NatsMessage message, Consumer<FleetException> refused) {
        JobRef ref() {
            return job.ref();
        }

        /** The same for a worker that reads the job's record first. */
        Item again() {
            return new Item(job.again(job.attemptsMade()), message, refused);
        }
    }

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
            NatsMessage message = next.isEmpty() ? intake.once(job) : intake.plain(job);
            next.add(new Item(job, message, refused));
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

        /** Safe, for the id of the first message is the same. */
        private void sendAgain(List<Item> items, FleetException first) {
            log.info("{} jobs of a bulk are sent again: {}", items.size(), first.getMessage());
            try {
                JobPublisher.AGAIN.executeSupplier(() -> joined(batches.publish(messages(items))));
                stored += items.size();
            } catch (UnavailableException e) {
                refuse(items, first instanceof UnknownOutcomeException ? first : e);
            } catch (UnknownOutcomeException e) {
                refuse(items, e);
            } catch (ConflictException e) {
                sendMissing(items);
            } catch (FleetException e) {
                sendOneByOne(items);
            }
        }

        /**
         * The broker knows the batch: it was stored when nobody answered. It is looked for all the same, as a broker whose machine died may
         * have kept its beginning only; and what is not there may have been done already, which its worker finds in the record.
         */
        private void sendMissing(List<Item> items) {
            try {
                Set<JobRef> lying = intake.lying(items.stream().map(Item::ref).toList());
                List<Item> missing = items.stream()
                        .filter(item -> !lying.contains(item.ref()))
                        .toList();
                stored += items.size() - missing.size();
                sendOneByOne(missing.stream().map(Item::again).toList());
            } catch (UnavailableException | UnknownOutcomeException e) {
                refuse(items, new UnknownOutcomeException("look for jobs that were sent: " + e.getMessage(), e));
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
                } catch (FleetException e) {
                    items.get(i).refused().accept(e);
                }
            }
        }
    }

    private static List<NatsMessage> messages(List<Item> items) {
        return items.stream().map(Item::message).toList();
    }

    private CompletableFuture<PublishAck> sendAlone(JobMessage job) {
        try {
            return broker.jetStream()
                    .publishAsync(intake.once(job))
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
