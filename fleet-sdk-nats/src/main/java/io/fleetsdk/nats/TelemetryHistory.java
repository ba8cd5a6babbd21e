package io.fleetsdk.nats;

import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.telemetry.TelemetryQuery;
import io.fleetsdk.telemetry.TelemetryReading;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads stored telemetry of one subject. The broker finds a start by time, not by count; so for the newest n messages the
 * window back from the end doubles until it holds n of them, and what is older is dropped while reading.
 */
final class TelemetryHistory {
    private static final int BATCH = 1_000;
    private static final Duration FIRST_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(3650);
    private static final Duration CONSUMER_LIFE = Duration.ofSeconds(10);

    private final Broker broker;
    private final EnvelopeReader envelopes;
    private final String stream;

    TelemetryHistory(Broker broker) {
        this.broker = broker;
        this.envelopes = new EnvelopeReader(broker);
        this.stream = broker.stream(FleetStream.ROBOT_TELEMETRY);
    }

    List<TelemetryReading> read(TelemetryQuery query) {
        String subject = FleetSubjects.telemetry(query.robot(), query.channel());
        Optional<Instant> newest =
                broker.last(stream, subject).map(message -> message.getTime().toInstant());
        if (newest.isEmpty()) {
            return List.of();
        }
        Instant end =
                query.to().filter(newest.get()::isAfter).orElse(newest.get().plusNanos(1));
        try {
            return query.from().isPresent()
                    ? oldest(query, subject, query.from().get(), end)
                    : newest(query, subject, end);
        } catch (IOException | JetStreamApiException | JetStreamStatusCheckedException | InterruptedException e) {
            throw BrokerErrors.classified("read telemetry of " + query.robot(), e);
        }
    }

    private List<TelemetryReading> oldest(TelemetryQuery query, String subject, Instant from, Instant end)
            throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
        List<TelemetryReading> readings = new ArrayList<>();
        readFrom(subject, from, reading -> {
            boolean wanted =
                    readings.size() < query.limit() && reading.storedAt().isBefore(end);
            if (wanted) {
                readings.add(reading);
            }
            return wanted;
        });
        return List.copyOf(readings);
    }

    private List<TelemetryReading> newest(TelemetryQuery query, String subject, Instant end)
            throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
        Deque<TelemetryReading> readings = new ArrayDeque<>();
        readFrom(subject, windowStart(query, subject, end), reading -> {
            boolean wanted = reading.storedAt().isBefore(end);
            if (wanted) {
                readings.addLast(reading);
                if (readings.size() > query.limit()) {
                    readings.removeFirst();
                }
            }
            return wanted;
        });
        return List.copyOf(readings);
    }

    private Instant windowStart(TelemetryQuery query, String subject, Instant end)
            throws IOException, JetStreamApiException {
        long after = stored(subject, end);
        Duration window = FIRST_WINDOW;
        while (stored(subject, end.minus(window)) - after < query.limit()
                && window.compareTo(LONGEST_WINDOW) < 0
                && hasOlder(subject, end.minus(window))) {
            window = window.multipliedBy(2);
        }
        return end.minus(window);
    }

    private boolean hasOlder(String subject, Instant start) throws IOException, JetStreamApiException {
        MessageInfo first = broker.management().getFirstMessage(stream, subject);
        return first.getTime().toInstant().isBefore(start);
    }

    /** How many messages of the subject are stored from this moment on. */
    private long stored(String subject, Instant from) throws IOException, JetStreamApiException {
        ConsumerInfo consumer = reader(subject, from);
        broker.management().deleteConsumer(stream, consumer.getName());
        return consumer.getNumPending();
    }

    private ConsumerInfo reader(String subject, Instant from) throws IOException, JetStreamApiException {
        return broker.management()
                .createConsumer(
                        stream,
                        ConsumerConfiguration.builder()
                                .filterSubject(subject)
                                .deliverPolicy(DeliverPolicy.ByStartTime)
                                .startTime(from.atZone(ZoneOffset.UTC))
                                .ackPolicy(AckPolicy.None)
                                .memStorage(true)
                                .inactiveThreshold(CONSUMER_LIFE)
                                .build());
    }

    /** Hands over readings until there are no more or one is not wanted. */
    private void readFrom(String subject, Instant from, Wanted wanted)
            throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
        ConsumerInfo consumer = reader(subject, from);
        long left = consumer.getNumPending();
        boolean more = true;
        while (more && left > 0) {
            int asked = (int) Math.min(BATCH, left);
            more = readBatch(consumer.getName(), asked, wanted);
            left -= asked;
        }
        broker.management().deleteConsumer(stream, consumer.getName());
    }

    private boolean readBatch(String consumer, int count, Wanted wanted)
            throws IOException, JetStreamApiException, JetStreamStatusCheckedException, InterruptedException {
        FetchConsumer fetch = broker.connection()
                .getStreamContext(stream)
                .getConsumerContext(consumer)
                .fetch(FetchConsumeOptions.builder().maxMessages(count).noWait().build());
        boolean more = true;
        for (Message message = fetch.nextMessage(); message != null; message = fetch.nextMessage()) {
            more = more && accepted(message, wanted);
        }
        return more;
    }

    private boolean accepted(Message message, Wanted wanted) {
        return envelopes
                .read(MessageType.TELEMETRY, message)
                .map(envelope -> wanted.more(JetStreamTelemetry.reading(
                        envelope,
                        message.getSubject(),
                        message.metaData().timestamp().toInstant())))
                .orElse(true);
    }

    private interface Wanted {
        /** Takes a reading; false if neither this nor a later one is wanted. */
        boolean more(TelemetryReading reading);
    }
}
