package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobSchedule.Missed;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The message by which the broker keeps a schedule's time: it puts a tick into the stream at each. Ticks that nobody takes do not
 * pile up: of those for which one job is enough only the newest stays, and the others stay as long as they can still matter.
 */
final class CronMessage {
    private static final String SCHEDULE = "Nats-Schedule";
    private static final String TARGET = "Nats-Schedule-Target";
    private static final String ZONE = "Nats-Schedule-Time-Zone";
    private static final String ROLLUP = "Nats-Schedule-Rollup";
    private static final String LIFE = "Nats-Schedule-TTL";
    private static final List<String> ALL = List.of(SCHEDULE, TARGET, ZONE, ROLLUP, LIFE);

    private static final String INTERVAL = "@every";
    private static final String ONE_SHOT = "@at";
    private static final Duration LONGEST_KEPT = Duration.ofDays(7);
    private static final int BAD_PATTERN = 10189;
    private static final int BAD_TARGET = 10190;
    private static final int BAD_ZONE = 10223;

    private final JobBroker broker;
    private final String queue;
    private final String stream;

    CronMessage(JobBroker broker, String queue, String stream) {
        this.broker = broker;
        this.queue = queue;
        this.stream = stream;
    }

    /**
     * Starts the schedule, or replaces its times. Where they are as they were nothing is sent, for that would begin the interval of
     * an {@code @every} anew.
     *
     * @throws InvalidInputException if the broker does not understand the times or the zone
     */
    void start(ScheduleEntry entry) {
        checkForm(entry.cron());
        Headers headers = headers(entry);
        broker.call("schedule " + entry.name(), () -> {
            if (!isThere(entry.name(), headers)) {
                publish(entry, headers);
            }
            return entry;
        });
    }

    void stop(String name) {
        purge(JobSubjects.cron(queue, name));
    }

    /** Takes back the ticks that wait. */
    void dropTicks(String name) {
        purge(JobSubjects.tick(queue, name));
    }

    private void purge(String subject) {
        broker.call("purge " + subject, () -> broker.management().purgeStream(stream, PurgeOptions.subject(subject)));
    }

    /** What the broker would take, but not for times that recur. */
    private static void checkForm(String cron) {
        boolean readable = cron.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!readable || cron.isBlank() || cron.stripLeading().startsWith(ONE_SHOT)) {
            throw new InvalidInputException(
                    "cron", cron, "must be six fields, @every with a time, or @daily and the like");
        }
    }

    private Headers headers(ScheduleEntry entry) {
        Headers headers = new Headers().put(SCHEDULE, entry.cron()).put(TARGET, JobSubjects.tick(queue, entry.name()));
        boolean anyZone = entry.cron().startsWith(INTERVAL)
                || ZoneId.of(entry.zone()).normalized().equals(ZoneOffset.UTC);
        if (!anyZone) {
            headers.put(ZONE, entry.zone());
        }
        if (entry.missed() == Missed.RUN_ONCE) {
            headers.put(ROLLUP, "sub");
        } else {
            Duration life = entry.missed() == Missed.SKIP ? entry.startWithin().plusSeconds(1) : LONGEST_KEPT;
            headers.put(LIFE, life.toSeconds() + "s");
        }
        return headers;
    }

    private boolean isThere(String name, Headers headers) throws IOException, JetStreamApiException {
        try {
            MessageInfo stored = broker.management().getLastMessage(stream, JobSubjects.cron(queue, name));
            Optional<Headers> its = Optional.ofNullable(stored.getHeaders());
            return ALL.stream()
                    .allMatch(header -> Objects.equals(
                            headers.getFirst(header),
                            its.map(h -> h.getFirst(header)).orElse(null)));
        } catch (JetStreamApiException e) {
            if (JobBroker.isNotFound(e)) {
                return false;
            }
            throw e;
        }
    }

    private void publish(ScheduleEntry entry, Headers headers) throws IOException, JetStreamApiException {
        Message message = NatsMessage.builder()
                .subject(JobSubjects.cron(queue, entry.name()))
                .headers(headers)
                .data("")
                .build();
        try {
            broker.jetStream().publish(message);
        } catch (JetStreamApiException e) {
            refusePattern(entry, e);
            throw e;
        }
    }

    private static void refusePattern(ScheduleEntry entry, JetStreamApiException e) {
        switch (e.getApiErrorCode()) {
            case BAD_PATTERN, BAD_TARGET ->
                throw new InvalidInputException(
                        "cron", entry.cron(), "is not understood by the broker: " + e.getMessage());
            case BAD_ZONE -> throw new InvalidInputException("zone", entry.zone(), "is not known to the broker");
            default -> {}
        }
    }
}
