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
        return new JobRecord(
                end,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                Optional.empty(),
                Optional.of(at),
                made,
                attempts,
                progress,
                Optional.empty(),
                result,
                resultObject,
                error,
                forgiven);
    }

    /**
     * Given another chance from the dead letters: the retry policy starts afresh, the attempts are counted on.
     *
     * @param counted attempts made, at least those of this record
     */
    JobRecord reopened(int counted) {
        return new JobRecord(
                JobState.WAITING,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                Optional.empty(),
                Optional.empty(),
                counted,
                attempts,
                progress,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(counted));
    }

    /** Which attempt it is for the retry policy, from 1. */
    int counted(int attempt) {
        return attempt - forgiven.orElse(0);
    }

    /** Without what can be large. */
    JobRecord inShort() {
        return new JobRecord(
                state,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                runAt,
                endedAt,
                made,
                attempts.stream().map(JobRecord::inShort).toList(),
                progress.map(full -> new JobProgress(full.fraction(), full.message(), JsonObject.empty())),
                cancelling,
                Optional.empty(),
                resultObject,
                error.map(JobRecord::inShort),
                forgiven);
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
        return new JobRecord(
                state,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                Optional.of(time),
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

    JobRecord withProgress(JobProgress reported) {
        return new JobRecord(
                state,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                runAt,
                endedAt,
                made,
                attempts,
                Optional.of(reported),
                cancelling,
                result,
                resultObject,
                error,
                forgiven);
    }

    JobRecord withCancelling() {
        return new JobRecord(
                state,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                runAt,
                endedAt,
                made,
                attempts,
                progress,
                Optional.of(true),
                result,
                resultObject,
                error,
                forgiven);
    }

    JobRecord withResult(Optional<Object> json, Optional<String> object) {
        return new JobRecord(
                state,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                runAt,
                endedAt,
                made,
                attempts,
                progress,
                cancelling,
                json,
                object,
                error,
                forgiven);
    }

    JobRecord withError(JobError why) {
        return new JobRecord(
                state,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                runAt,
                endedAt,
                made,
                attempts,
                progress,
                cancelling,
                result,
                resultObject,
                Optional.of(why),
                forgiven);
    }

    private JobRecord with(JobState next, int madeNow, List<JobAttempt> attemptsNow) {
        return new JobRecord(
                next,
                type,
                priority,
                tenant,
                submittedAt,
                terms,
                runAt,
                endedAt,
                madeNow,
                attemptsNow,
                progress,
                cancelling,
                result,
                resultObject,
                error,
                forgiven);
    }

    /** An attempt with the number of the last one replaces it. */
    private List<JobAttempt> appended(JobAttempt attempt) {
        List<JobAttempt> before = attempts.stream()
                .filter(earlier -> earlier.number() != attempt.number())
                .toList();
        return Stream.concat(before.stream().skip(Math.max(0, before.size() + 1 - KEPT_ATTEMPTS)), Stream.of(attempt))
                .toList();
    }
}
