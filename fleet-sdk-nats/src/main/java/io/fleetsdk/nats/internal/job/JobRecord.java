package io.fleetsdk.nats.internal.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.protocol.JobSubjects.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the bucket JOB_PROGRESS keeps of a job, from its first step that is worth a record to seven days after its end. A job that
 * is only waiting has none.
 *
 * @param attempts made; at most the last 20
 * @param made how many attempts there were in all
 * @param cancelling whether somebody has asked to cancel it
 * @param result JSON of the result
 * @param resultObject name of the object that holds a result too large for the record
 * @param forgiven how many of the attempts made no longer count: those before a retry from the dead letters
 */
record JobRecord(
        JobState state,
        String type,
        JobPriority priority,
        Optional<String> tenant,
        Instant submittedAt,
        Optional<JobTerms> terms,
        Optional<Instant> runAt,
        Optional<Instant> endedAt,
        int made,
        List<JobAttempt> attempts,
        Optional<JobProgress> progress,
        Optional<Boolean> cancelling,
        Optional<Object> result,
        Optional<String> resultObject,
        Optional<JobError> error,
        Optional<Integer> forgiven) {
    private static final int KEPT_ATTEMPTS = 20;
    private static final int SHORT = 200;

    JobRecord {
        tenant = Require.orEmpty(tenant);
        terms = Require.orEmpty(terms);
        runAt = Require.orEmpty(runAt);
        endedAt = Require.orEmpty(endedAt);
        attempts = Require.list("attempts", attempts);
        progress = Require.orEmpty(progress);
        cancelling = Require.orEmpty(cancelling);
        result = Require.orEmpty(result);
        resultObject = Require.orEmpty(resultObject);
        error = Require.orEmpty(error);
        forgiven = Require.orEmpty(forgiven);
    }

    /** The first record of a job. */
    static JobRecord of(JobMessage job, JobState state) {
        Lane lane = job.lane();
        return new JobRecord(
                state,
                job.type(),
                lane.priority(),
                lane.tenant(),
                job.submittedAt(),
                Optional.of(job.terms()).filter(terms -> !terms.isNone()),
                Optional.empty(),
                Optional.empty(),
                job.attemptsMade(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    boolean isFinal() {
        return state.isFinal();
    }

    boolean isCancelling() {
        return cancelling.orElse(false);
    }

    JobTerms termsOrNone() {
        return terms.orElseGet(JobTerms::none);
    }

    /** The attempt that runs, or ran last. */
    Optional<JobAttempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    JobRecord running(JobAttempt attempt) {
        return with(JobState.RUNNING, attempt.number(), appended(attempt));
    }

    /** Ended, or between attempts, with the last attempt told to its end. */
    JobRecord after(JobState next, JobAttempt attempt) {
        return with(next, attempt.number(), appended(attempt));
    }

    /** As if the last attempt had not been: its worker hands the job back. */
    JobRecord withoutAttempt(JobAttempt attempt, JobState next) {
        List<JobAttempt> others = attempts.stream()
                .filter(other -> other.number() != attempt.number())
                .toList();
        return with(next, Math.max(0, attempt.number() - 1), others);
    }

    JobRecord ended(JobState end, Instant at) {
        return changed(next -> {
            next.state = end;
            next.runAt = Optional.empty();
            next.endedAt = Optional.of(at);
            next.cancelling = Optional.empty();
        });
    }

    /**
     * Given another chance from the dead letters: the retry policy starts afresh, the attempts are counted on.
     *
     * @param counted attempts made, at least those of this record
     */
    JobRecord reopened(int counted) {
        return changed(next -> {
            next.state = JobState.WAITING;
            next.made = counted;
            next.forgiven = Optional.of(counted);
            next.runAt = Optional.empty();
            next.endedAt = Optional.empty();
            next.cancelling = Optional.empty();
            next.result = Optional.empty();
            next.resultObject = Optional.empty();
            next.error = Optional.empty();
        });
    }

    /**
     * Attempts made when the message was put in that stands for the job now. Only a failed attempt and a retry from the dead letters put
     * in a new one; attempts whose worker vanished, or handed the job back, were made on the same message.
     */
    int attemptsBeforeItsMessage() {
        int failed = attempts.stream()
                .filter(attempt -> attempt.endedAt().isPresent())
                .mapToInt(JobAttempt::number)
                .max()
                .orElse(0);
        return Math.max(failed, forgiven.orElse(0));
    }

    /** Which attempt it is for the retry policy, from 1. */
    int counted(int attempt) {
        return attempt - forgiven.orElse(0);
    }

    /** Without what can be large. */
    JobRecord inShort() {
        return changed(next -> {
            next.attempts = attempts.stream().map(JobRecord::inShort).toList();
            next.progress = progress.map(full -> new JobProgress(full.fraction(), full.message(), JsonObject.empty()));
            next.result = Optional.empty();
            next.error = error.map(JobRecord::inShort);
        });
    }

    private static JobAttempt inShort(JobAttempt full) {
        return new JobAttempt(
                full.number(),
                full.worker(),
                full.startedAt(),
                full.endedAt(),
                full.error().map(JobRecord::inShort));
    }

    private static JobError inShort(JobError full) {
        return full.message().length() <= SHORT
                ? full
                : new JobError(full.name(), full.message().substring(0, SHORT - 1) + "…");
    }

    JobRecord withState(JobState next) {
        return with(next, made, attempts);
    }

    JobRecord withRunAt(Instant time) {
        return changed(next -> next.runAt = Optional.of(time));
    }

    JobRecord withProgress(JobProgress reported) {
        return changed(next -> next.progress = Optional.of(reported));
    }

    JobRecord withCancelling() {
        return changed(next -> next.cancelling = Optional.of(true));
    }

    JobRecord withResult(Optional<Object> json, Optional<String> object) {
        return changed(next -> {
            next.result = json;
            next.resultObject = object;
        });
    }

    JobRecord withError(JobError why) {
        return changed(next -> next.error = Optional.of(why));
    }

    private JobRecord with(JobState stateNow, int madeNow, List<JobAttempt> attemptsNow) {
        return changed(next -> {
            next.state = stateNow;
            next.made = madeNow;
            next.attempts = attemptsNow;
        });
    }

    private JobRecord changed(Consumer<Change> change) {
        Change next = new Change(this);
        change.accept(next);
        return next.on(this);
    }

    /** The parts of a record that change. */
    private static final class Change {
        private JobState state;
        private int made;
        private Optional<Instant> runAt;
        private Optional<Instant> endedAt;
        private List<JobAttempt> attempts;
        private Optional<JobProgress> progress;
        private Optional<Boolean> cancelling;
        private Optional<Object> result;
        private Optional<String> resultObject;
        private Optional<JobError> error;
        private Optional<Integer> forgiven;

        Change(JobRecord before) {
            state = before.state;
            made = before.made;
            runAt = before.runAt;
            endedAt = before.endedAt;
            attempts = before.attempts;
            progress = before.progress;
            cancelling = before.cancelling;
            result = before.result;
            resultObject = before.resultObject;
            error = before.error;
            forgiven = before.forgiven;
        }

        JobRecord on(JobRecord before) {
            return new JobRecord(
                    state,
                    before.type,
                    before.priority,
                    before.tenant,
                    before.submittedAt,
                    before.terms,
                    runAt,
                    endedAt,
                    made,
                    attempts,
                    progress,
                    cancelling,
                    result,
                    resultObject,
                    error,
                    forgiven);
        }
    }

    /** An attempt with the number of the last one replaces it. */
    private List<JobAttempt> appended(JobAttempt attempt) {
        boolean isFirst =
                attempts.isEmpty() || attempts.size() == 1 && attempts.get(0).number() == attempt.number();
        return isFirst ? List.of(attempt) : appendedToOthers(attempt);
    }

    private List<JobAttempt> appendedToOthers(JobAttempt attempt) {
        List<JobAttempt> before = attempts.stream()
                .filter(earlier -> earlier.number() != attempt.number())
                .toList();
        return Stream.concat(before.stream().skip(Math.max(0, before.size() + 1 - KEPT_ATTEMPTS)), Stream.of(attempt))
                .toList();
    }
}
