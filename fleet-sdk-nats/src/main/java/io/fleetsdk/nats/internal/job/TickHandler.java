package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobSchedule.Overlap;
import io.fleetsdk.job.JobType;
import io.fleetsdk.nats.internal.job.ControlKeys.Entry;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a time that has come means. First the schedule's entry names the job, then the job is submitted under that name: whoever gets
 * the tick again, or a second one for the same time, which the broker may send after a restart, submits the same job.
 */
final class TickHandler {
    private static final Logger log = LoggerFactory.getLogger(TickHandler.class);

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
    void handle(ScheduleTick tick) {
        Entry<ScheduleEntry> read = book.read(tick.schedule());
        if (read.value().isEmpty()) {
            log.warn("Queue {} has no schedule {} whose time has come; passed over", queue, tick.schedule());
            return;
        }
        ScheduleEntry entry = read.value().get();
        if (!entry.isPaused() && (isKnown(tick, entry) || begins(tick, read, entry))) {
            submit(entry, tick.job());
        }
    }

    private static boolean isKnown(ScheduleTick tick, ScheduleEntry entry) {
        return entry.lastNext().equals(Optional.of(tick.next()));
    }

    private boolean begins(ScheduleTick tick, Entry<ScheduleEntry> read, ScheduleEntry entry) {
        if (isMissed(tick, entry) || isHeldUp(entry)) {
            return false;
        }
        book.replace(read, entry.ticked(tick.next()).ran(parts.time().now(), tick.job()));
        return true;
    }

    private void submit(ScheduleEntry entry, JobId job) {
        JobOptions options =
                entry.options().jobOptions().toBuilder().id(job.value()).build();
        parts.submitter().submit(queue, JobType.untyped(entry.type()), entry.inputOrThrow(), options);
    }

    /** Whether it came so late that it is passed over. */
    private boolean isMissed(ScheduleTick tick, ScheduleEntry entry) {
        Duration age = Duration.between(tick.at(), parts.time().now());
        if (age.compareTo(entry.startWithin()) <= 0) {
            return false;
        }
        return switch (entry.missed()) {
            case SKIP -> true;
            case RUN_ONCE -> !isNewest(tick);
            case RUN_ALL -> false;
        };
    }

    private boolean isNewest(ScheduleTick tick) {
        long newest = parts.broker()
                .call(
                        "read the newest of " + tick.subject(),
                        () -> parts.broker()
                                .management()
                                .getLastMessage(stream, tick.subject())
                                .getSeq());
        return newest == tick.sequence();
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
        return parts.snapshots().find(last).map(job -> job.state().isFinal()).orElse(true);
    }

    private void cancel(JobRef last) {
        try {
            parts.cancellation().cancel(last);
        } catch (ConflictException | NotFoundException e) {
            log.debug("Job {} has ended by itself", last, e);
        }
    }
}
