package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobSchedule.Overlap;
import io.fleetsdk.job.JobType;
import io.fleetsdk.nats.internal.job.ControlKeys.Entry;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Message;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a time that has come means. First the schedule's entry names the job, then the job is submitted under that name: whoever gets
 * the tick again, or a second one for the same time, which the broker may send after a restart, finds the name and submits the same
 * job.
 */
final class TickHandler {
    private static final Logger log = LoggerFactory.getLogger(TickHandler.class);
    private static final String NEXT = "Nats-Schedule-Next";

    private final JobParts parts;
    private final String queue;
    private final String stream;
    private final ScheduleBook book;

    TickHandler(JobParts parts, String queue, String stream) {
        this.parts = parts;
        this.queue = queue;
        this.stream = stream;
        this.book = new ScheduleBook(parts.keys(), queue);
    }

    /**
     * @throws ConflictException if the schedule changes meanwhile; another try may do
     */
    void handle(Message tick) {
        String name = JobSubjects.last(tick.getSubject());
        Entry<ScheduleEntry> read = book.read(name);
        if (read.value().isEmpty()) {
            log.warn("Queue {} has no schedule {} whose time has come; passed over", queue, name);
            return;
        }
        ScheduleEntry entry = read.value().get();
        if (!entry.isPaused()) {
            begin(tick, read, entry);
        }
    }

    private void begin(Message tick, Entry<ScheduleEntry> read, ScheduleEntry entry) {
        String next = next(tick);
        JobId job = JobId.of(entry.name() + "-" + second(next, tick));
        boolean known = entry.lastNext().equals(Optional.of(next));
        if (!known) {
            if (isMissed(tick, entry) || isHeldUp(entry)) {
                return;
            }
            book.replace(read, entry.ticked(next).ran(parts.time().now(), job));
        }
        submit(entry, job);
    }

    private void submit(ScheduleEntry entry, JobId job) {
        JobOptions options =
                entry.options().jobOptions().toBuilder().id(job.value()).build();
        parts.submitter().submit(queue, JobType.untyped(entry.type()), entry.inputOrThrow(), options);
    }

    /** Whether it came so late that it is passed over. */
    private boolean isMissed(Message tick, ScheduleEntry entry) {
        Duration age = Duration.between(
                tick.metaData().timestamp().toInstant(), parts.time().now());
        if (age.compareTo(entry.startWithin()) <= 0) {
            return false;
        }
        return switch (entry.missed()) {
            case SKIP -> true;
            case RUN_ONCE -> !isNewest(tick);
            case RUN_ALL -> false;
        };
    }

    private boolean isNewest(Message tick) {
        return parts.broker()
                        .call(
                                "read the newest of " + tick.getSubject(),
                                () -> parts.broker()
                                        .management()
                                        .getLastMessage(stream, tick.getSubject())
                                        .getSeq())
                == tick.metaData().streamSequence();
    }

    /** Whether the schedule's last job keeps this one from being. */
    private boolean isHeldUp(ScheduleEntry entry) {
        Optional<JobRef> last = entry.lastJob(queue);
        if (last.isEmpty() || entry.overlap() == Overlap.ALLOW || hasEnded(last.get())) {
            return false;
        }
        if (entry.overlap() == Overlap.CANCEL_RUNNING) {
            cancel(last.get());
            return false;
        }
        return true;
    }

    private boolean hasEnded(JobRef last) {
        return parts.snapshots()
                .find(last)
                .map(Job::state)
                .map(state -> state.isFinal())
                .orElse(true);
    }

    private void cancel(JobRef last) {
        try {
            parts.cancellation().cancel(last);
        } catch (ConflictException | NotFoundException e) {
            log.debug("Job {} has ended by itself", last, e);
        }
    }

    /** Removes a tick that was acknowledged. If this fails it goes later: the next one replaces it, or its time ends. */
    void clearAway(Message tick) {
        try {
            parts.broker()
                    .call(
                            "clear away " + tick.getSubject(),
                            () -> parts.broker()
                                    .management()
                                    .deleteMessage(stream, tick.metaData().streamSequence(), false));
        } catch (FleetException e) {
            log.debug("A tick stays in {} for now", stream, e);
        }
    }

    /** The time that the broker planned as the following one tells ticks apart, also where one came late or twice. */
    private static String next(Message tick) {
        String next = tick.hasHeaders() ? tick.getHeaders().getFirst(NEXT) : null;
        return next == null ? tick.metaData().timestamp().toInstant().toString() : next;
    }

    private static long second(String next, Message tick) {
        try {
            return Instant.parse(next).getEpochSecond();
        } catch (DateTimeException e) {
            log.debug("{} names no time: {}", tick.getSubject(), next, e);
            return tick.metaData().timestamp().toEpochSecond();
        }
    }
}
