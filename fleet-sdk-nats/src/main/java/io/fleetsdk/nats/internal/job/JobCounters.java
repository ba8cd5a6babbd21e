package io.fleetsdk.nats.internal.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of a queue over all processes and all time; collected here and sent once a second. Thread-safe, and cheap to call. A crash
 * of the process takes what it had not sent.
 */
final class JobCounters implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobCounters.class);

    enum Count {
        SUBMITTED,
        COMPLETED,
        FAILED
    }

    private record Counted(String queue, Count what) {
        String subject() {
            return JobSubjects.figure(queue, what.name().toLowerCase(Locale.ROOT));
        }
    }

    private final JobBroker broker;
    private final Map<Counted, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();

    JobCounters(JobBroker broker) {
        this.broker = broker;
    }

    void add(String queue, Count what, long more) {
        tallies.computeIfAbsent(new Counted(queue, what), Tally::new).fresh.add(more);
        flushSoon();
    }

    /** What the broker knows, which gets to know first what is still here. */
    long read(String queue, Count what) {
        sendAll();
        Counted counted = new Counted(queue, what);
        return broker.call("read " + counted.subject(), () -> {
            try {
                byte[] json = broker.management()
                        .getLastMessage(broker.figures(), counted.subject())
                        .getData();
                return Long.parseLong(broker.codec().decode(json, Value.class).val());
            } catch (JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return 0L;
                }
                throw e;
            }
        });
    }

    /** A counter's message. */
    private record Value(String val) {}

    private void flushSoon() {
        if (!flushIsDue.get() && flushIsDue.compareAndSet(false, true)) {
            broker.ticker().schedule(this::flushDue, 1, TimeUnit.SECONDS);
        }
    }

    private void flushDue() {
        flushIsDue.set(false);
        flush();
    }

    private CompletableFuture<Void> flush() {
        List<CompletableFuture<Void>> sent =
                tallies.values().stream().map(Tally::send).toList();
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        sendAll();
    }

    private void sendAll() {
        try {
            flush().get(broker.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("Some counts of jobs are not sent yet: {}", e.toString());
        }
    }

    /** One count. What was sent and not confirmed is sent again under its id, so that it is never counted twice. */
    private final class Tally {
        private final String subject;
        private final LongAdder fresh = new LongAdder();
        private Optional<Increment> open = Optional.empty();

        Tally(Counted counted) {
            this.subject = counted.subject();
        }

        synchronized long unsent() {
            return fresh.sum() + open.map(Increment::by).orElse(0L);
        }

        synchronized CompletableFuture<Void> send() {
            Increment next =
                    open.orElseGet(() -> new Increment(UUID.randomUUID().toString(), fresh.sumThenReset()));
            if (next.by() == 0) {
                return CompletableFuture.completedFuture(null);
            }
            open = Optional.of(next);
            return publish(next.message(subject)).handle((ack, failure) -> {
                settled(next, Optional.ofNullable(failure));
                return null;
            });
        }

        private CompletableFuture<?> publish(Message increment) {
            try {
                return broker.jetStream().publishAsync(increment);
            } catch (IllegalStateException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private synchronized void settled(Increment sent, Optional<Throwable> failure) {
            failure.ifPresentOrElse(
                    why -> log.debug("Counts of {} are kept for the next time", subject, why),
                    () -> open = open.filter(increment -> !increment.equals(sent)));
            if (unsent() > 0) {
                flushSoon();
            }
        }
    }

    private record Increment(String id, long by) {
        Message message(String subject) {
            Headers headers = new Headers().put("Nats-Incr", "+" + by).put("Nats-Msg-Id", id);
            return NatsMessage.builder()
                    .subject(subject)
                    .headers(headers)
                    .data("".getBytes(US_ASCII))
                    .build();
        }
    }
}
