package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobId;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Message;
import java.time.DateTimeException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time of a schedule that has come.
 *
 * @param next what the broker planned as the following time: it tells ticks apart, also where one comes late, or twice after a restart
 * @param at when it came
 * @param sequence of its message
 */
record ScheduleTick(String subject, String next, Instant at, long sequence) {
    private static final Logger log = LoggerFactory.getLogger(ScheduleTick.class);
    private static final String NEXT = "Nats-Schedule-Next";

    static ScheduleTick of(Message message) {
        Instant at = message.metaData().timestamp().toInstant();
        String next = message.hasHeaders() ? message.getHeaders().getFirst(NEXT) : null;
        return new ScheduleTick(
                message.getSubject(),
                next == null ? at.toString() : next,
                at,
                message.metaData().streamSequence());
    }

    String schedule() {
        return JobSubjects.last(subject);
    }

    /** Its job's id, the same whenever and wherever the tick is handled. */
    JobId job() {
        return JobId.of(schedule() + "-" + second());
    }

    private long second() {
        try {
            return Instant.parse(next).getEpochSecond();
        } catch (DateTimeException e) {
            log.debug("{} names no time: {}", subject, next, e);
            return at.getEpochSecond();
        }
    }
}
