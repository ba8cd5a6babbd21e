package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the smaller values of jobs promise. */
class JobValuesTest {
    private static final JobRef REF = new JobRef("training", JobId.of("j-1"));

    @Test
    void aJobIsNamedByItsQueueAndItsId() {
        assertThat(REF).hasToString("training/j-1");
        assertThatRefused("queue", () -> new JobRef("a.b", JobId.of("j-1")));
        assertThatRefused("jobId", () -> JobId.of("_"));
        assertThatRefused("type", () -> JobType.untyped("fine tune"));
        assertThat(JobId.random()).isNotEqualTo(JobId.random());
    }

    @Test
    void anErrorIsNamedByItsClassAndItsMessageIsCutToWhatPeopleRead() {
        assertThat(JobError.of(new IllegalStateException("cut")))
                .isEqualTo(new JobError("java.lang.IllegalStateException", "cut"));
        assertThat(JobError.of(new IllegalStateException()).message()).isEmpty();
        assertThat(new JobError("e", "x".repeat(2_000)).message()).hasSize(2_000);
        assertThat(new JobError("e", "x".repeat(2_001)).message())
                .hasSize(2_000)
                .endsWith("x…");
    }

    @Test
    void progressIsAPartOfOne() {
        assertThatRefused("fraction", () -> new JobProgress(1.01, "", JsonObject.empty()));
        assertThatRefused("fraction", () -> new JobProgress(Double.NaN, "", JsonObject.empty()));
        assertThatRefused("message", () -> new JobProgress(1, "x".repeat(1_001), JsonObject.empty()));
        assertThat(JobProgress.none()).isEqualTo(new JobProgress(0, "", JsonObject.empty()));
    }

    @Test
    void aQueryFindsWhatHasAllThatItNames() {
        Job job = job(JobState.RUNNING, "finetune", Optional.of("acme"));
        JobQuery any = JobQuery.newest();
        assertThat(any.matches(job)).isTrue();
        assertThat(any.withStates(JobState.WAITING, JobState.RUNNING).matches(job))
                .isTrue();
        assertThat(any.withStates(JobState.WAITING).matches(job)).isFalse();
        assertThat(any.withType("finetune").withTenant("acme").matches(job)).isTrue();
        assertThat(any.withType("export").matches(job)).isFalse();
        assertThat(any.withTenant("other").matches(job)).isFalse();
        assertThat(any.withTenant("acme").matches(job(JobState.RUNNING, "finetune", Optional.empty())))
                .isFalse();
        assertThatRefused("limit", () -> any.withLimit(0));
        assertThatRefused("limit", () -> any.withLimit(1_001));
    }

    @Test
    void onlySuccessHasAResult() {
        JobOutcome<Integer> good = new JobOutcome.Succeeded<>(7);
        JobOutcome<Integer> bad = new JobOutcome.Expired<>("deadline");
        assertThat(good.result()).isEqualTo(7);
        assertThat(told(good)).isEqualTo("got 7");
        assertThat(told(bad)).isEqualTo("EXPIRED");
        assertThatThrownBy(bad::result)
                .isInstanceOfSatisfying(
                        JobUnsuccessfulException.class,
                        e -> assertThat(e.outcome().state()).isEqualTo(JobState.EXPIRED));
    }

    @Test
    void aDeadLettersPayloadIsNobodysToChange() {
        byte[] own = "{}".getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = new DeadLetter(REF, "t", Instant.EPOCH, new JobError("e", "m"), List.of(), Map.of(), own);
        own[0] = 'x';
        letter.payload()[1] = 'x';
        assertThat(letter.payload()).asString().isEqualTo("{}");
    }

    @Test
    void ofFifteenJobsTheLanesGetEightFourTwoAndOne() {
        assertThat(JobPriority.values()).extracting(JobPriority::weight).containsExactly(8, 4, 2, 1);
    }

    private static String told(JobOutcome<Integer> outcome) {
        return outcome.fold(n -> "got " + n, other -> other.state().name());
    }

    private static Job job(JobState state, String type, Optional<String> tenant) {
        return new Job(
                REF,
                type,
                state,
                JobPriority.NORMAL,
                tenant,
                Map.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                JobProgress.none(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
