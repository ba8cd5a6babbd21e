package io.fleetsdk.protocol;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobRef;
import java.util.Locale;
import java.util.Optional;

/**
 * The subject grammar of jobs, the part of {@link FleetSubjects} that robots have nothing to do with. The stream of a queue keeps
 * {@code jobs.<queue>.>}:
 *
 * <pre>
 * jobs.{queue}.{priority}.{tenant}.{jobId}   a job that is ready; no tenant is written -
 * jobs.{queue}.delayed.{jobId}               a message schedule: a job whose time has not come
 * jobs.{queue}.held.{jobId}                  a job that waits for children, or for the active one with its key
 * jobs.{queue}.cron.{name}                   a message schedule that recurs
 * jobs.{queue}.tick.{name}                   a time of it that has come
 * </pre>
 */
public final class JobSubjects {
    private static final String ROOT = "jobs.";
    private static final String NO_TENANT = "-";
    private static final String ANY = "*";

    private JobSubjects() {}

    /**
     * Where a ready job stands.
     *
     * @param tenant empty for none
     */
    public record Lane(String queue, JobPriority priority, Optional<String> tenant) {
        /** All its jobs. */
        public String jobs() {
            return job(ANY);
        }

        public String job(JobId id) {
            return job(id.value());
        }

        private String job(String id) {
            return ROOT + queue + "." + priority.name().toLowerCase(Locale.ROOT) + "." + tenant.orElse(NO_TENANT) + "."
                    + id;
        }
    }

    /** A ready job's lane and id. */
    public record Ready(Lane lane, JobId id) {
        public JobRef ref() {
            return new JobRef(lane.queue(), id);
        }
    }

    /** Everything a queue's stream keeps. */
    public static String queue(String queue) {
        return ROOT + queue + ".>";
    }

    /** A ready job, whatever its lane. */
    public static String ready(JobRef job) {
        return ROOT + job.queue() + ".*.*." + job.id();
    }

    public static String allReady(String queue) {
        return ROOT + queue + ".*.*.*";
    }

    public static String delayed(JobRef job) {
        return ROOT + job.queue() + ".delayed." + job.id();
    }

    public static String allDelayed(String queue) {
        return ROOT + queue + ".delayed.*";
    }

    public static String held(JobRef job) {
        return ROOT + job.queue() + ".held." + job.id();
    }

    public static boolean isDelayed(String subject) {
        return isAside(subject, "delayed");
    }

    public static boolean isHeld(String subject) {
        return isAside(subject, "held");
    }

    private static boolean isAside(String subject, String place) {
        String[] tokens = subject.split("\\.", -1);
        return tokens.length == 4 && tokens[2].equals(place);
    }

    public static String allHeld(String queue) {
        return ROOT + queue + ".held.*";
    }

    public static String cron(String queue, String schedule) {
        return ROOT + queue + ".cron." + schedule;
    }

    public static String tick(String queue, String schedule) {
        return ROOT + queue + ".tick." + schedule;
    }

    public static String allTicks(String queue) {
        return ROOT + queue + ".tick.*";
    }

    public static String deadLetter(JobRef job) {
        return "dead." + job.queue() + "." + job.id();
    }

    public static String deadLetters(String queue) {
        return "dead." + queue + ".*";
    }

    /** A count of the queue since it began: {@code submitted}, {@code completed} or {@code failed}. */
    public static String figure(String queue, String count) {
        return "jobfigures." + queue + "." + count;
    }

    /** What a queue's workers hear at once: cancellations, orders, changed limits. Kept nowhere. */
    public static String signals(String queue) {
        return "jobsignals." + queue;
    }

    /** Where those who wait hear of which jobs of the queue records were stored: their ids, one a line. Kept nowhere. */
    public static String stored(String queue) {
        return "jobevents." + queue;
    }

    /** The queue of any subject of jobs. */
    public static String queueOf(String subject) {
        return subject.split("\\.", 3)[1];
    }

    /** Whether it is the subject of a ready job. */
    public static boolean isReady(String subject) {
        return subject.startsWith(ROOT) && subject.chars().filter(c -> c == '.').count() == 4;
    }

    /**
     * Takes a ready job's subject apart.
     *
     * @throws InvalidInputException if it is none
     */
    public static Ready ready(String subject) {
        String[] tokens = subject.split("\\.", -1);
        if (tokens.length != 5 || !tokens[0].equals("jobs")) {
            throw new InvalidInputException("subject", subject, "must be the subject of a ready job");
        }
        return new Ready(new Lane(tokens[1], priority(tokens[2]), tenant(tokens[3])), JobId.of(tokens[4]));
    }

    /** The last token: a job's id or a schedule's name. */
    public static String last(String subject) {
        return subject.substring(subject.lastIndexOf('.') + 1);
    }

    private static Optional<String> tenant(String token) {
        return token.equals(NO_TENANT) ? Optional.empty() : Optional.of(token);
    }

    private static JobPriority priority(String token) {
        return switch (token) {
            case "critical" -> JobPriority.CRITICAL;
            case "high" -> JobPriority.HIGH;
            case "normal" -> JobPriority.NORMAL;
            case "low" -> JobPriority.LOW;
            default -> throw new InvalidInputException("priority", token, "must be critical, high, normal or low");
        };
    }
}
