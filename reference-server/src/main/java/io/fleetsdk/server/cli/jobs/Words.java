package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobPriority;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A job in the words of a line. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String of(JobError error) {
        String name = error.name().substring(error.name().lastIndexOf('.') + 1);
        return error.message().isEmpty() ? name : name + ": " + error.message();
    }

    /** The number of the present or last attempt, 0 before the first. */
    static int attempt(Job job) {
        List<JobAttempt> attempts = job.attempts();
        return attempts.isEmpty() ? 0 : attempts.get(attempts.size() - 1).number();
    }

    /** What there is to say beyond the state: how far, why not, when. */
    static String note(Job job, Instant now) {
        return Stream.of(
                        priority(job),
                        job.cancelling() && !job.state().isFinal()
                                ? Optional.of("told to stop")
                                : Optional.<String>empty(),
                        lastError(job),
                        job.runAt()
                                .filter(time -> !job.state().isFinal() && time.isAfter(now))
                                .map(time -> "at " + Spans.when(time, now)),
                        progress(job))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> priority(Job job) {
        return Optional.of(job.priority())
                .filter(priority -> priority != JobPriority.NORMAL)
                .map(Words::of);
    }

    /** The job's own error; while it is tried again, that of the attempt before. */
    private static Optional<String> lastError(Job job) {
        Optional<JobError> last = job.attempts().stream()
                .flatMap(attempt -> attempt.error().stream())
                .reduce((one, later) -> later);
        return job.error()
                .or(() -> job.state().isFinal() ? Optional.empty() : last)
                .map(Words::of);
    }

    private static Optional<String> progress(Job job) {
        double fraction = job.progress().fraction();
        String message = job.progress().message();
        if (job.state().isFinal() || (fraction == 0 && message.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of((percent(fraction) + " " + message).strip());
    }

    static String percent(double fraction) {
        return (int) (fraction * 100) + " %";
    }
}
