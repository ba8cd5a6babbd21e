package io.fleetsdk.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.time.ZoneId;

/**
 * A recurring job. Each time is one job, whatever crashes: its id is the schedule's name and the second of the following time.
 *
 * @param name one token of at most 40 characters, unique within its queue
 * @param cron six fields (second minute hour day month weekday), such as {@code 0 30 3 * * *}, or {@code @every 1h}, {@code @daily}
 *     and the like
 * @param zone of the six fields; UTC by default
 * @param type name of the {@link JobType}
 * @param input JSON
 * @param options for every job of it; id, start and deduplication must be left out
 * @param overlap what happens when the last job of it has not ended
 * @param missed what happens with times at which nobody could start it
 * @param startWithin jobs whose time lies further back than this count as missed; 1 min by default
 */
public record JobSchedule(
        String name,
        String cron,
        ZoneId zone,
        String type,
        Object input,
        JobOptions options,
        Overlap overlap,
        Missed missed,
        Duration startWithin) {
    private static final int LONGEST_NAME = 40;

    /** What happens when the last job of a schedule has not ended at the next time. */
    public enum Overlap {
        /** The time is passed over; the default. */
        SKIP,
        /** Both run. */
        ALLOW,
        /** The last one is cancelled first. */
        CANCEL_RUNNING
    }

    /** What happens with times at which no worker was there. */
    public enum Missed {
        /** They are passed over. */
        SKIP,
        /** One job for all of them together; the default. */
        RUN_ONCE,
        /**
         * One job for each of the last 7 days that the broker kept: it keeps none for the time it was down itself, but one.
         * {@link Overlap} applies to them as to others.
         */
        RUN_ALL
    }

    public JobSchedule {
        name = Require.token("name", name);
        Require.text("name", name, LONGEST_NAME);
        cron = Require.label("cron", cron);
        type = Require.token("type", type);
        input = Require.present("input", input);
        checkOptions(options);
        startWithin = Times.within("startWithin", startWithin, Duration.ofSeconds(1), Times.WEEK);
    }

    private static void checkOptions(JobOptions options) {
        if (options.id().isPresent()) {
            throw new InvalidInputException("options.id", options.id().get(), "must be left out in a schedule");
        }
        if (!(options.start() instanceof JobOptions.Start.Now)) {
            throw new InvalidInputException("options.start", options.start(), "must be left out in a schedule");
        }
        if (options.deduplication().isPresent()) {
            throw new InvalidInputException(
                    "options.deduplication", options.deduplication().get(), "must be left out in a schedule");
        }
    }

    public static <I> JobSchedule of(String name, String cron, JobType<I, ?> type, I input) {
        return new JobSchedule(
                name,
                cron,
                ZoneId.of("UTC"),
                type.name(),
                input,
                JobOptions.defaults(),
                Overlap.SKIP,
                Missed.RUN_ONCE,
                Duration.ofMinutes(1));
    }

    public JobSchedule withZone(ZoneId other) {
        return new JobSchedule(name, cron, other, type, input, options, overlap, missed, startWithin);
    }

    public JobSchedule withOptions(JobOptions other) {
        return new JobSchedule(name, cron, zone, type, input, other, overlap, missed, startWithin);
    }

    public JobSchedule withOverlap(Overlap policy) {
        return new JobSchedule(name, cron, zone, type, input, options, policy, missed, startWithin);
    }

    public JobSchedule withMissed(Missed policy) {
        return new JobSchedule(name, cron, zone, type, input, options, overlap, policy, startWithin);
    }

    public JobSchedule withStartWithin(Duration time) {
        return new JobSchedule(name, cron, zone, type, input, options, overlap, missed, time);
    }
}
