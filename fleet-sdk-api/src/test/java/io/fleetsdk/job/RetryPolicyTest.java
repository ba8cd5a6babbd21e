package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RetryPolicyTest {
    private static final JobError ERROR = new JobError("java.io.IOException", "cut");

    @Example
    void theDefaultPausesAreTheSeeds() {
        assertThat(IntStream.rangeClosed(1, 3)
                        .mapToObj(n -> RetryPolicy.defaults().pauseAfter(n, 0.5)))
                .containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(30));
        assertThat(RetryPolicy.defaults().maxAttempts()).isEqualTo(4);
    }

    @Property
    void aPauseIsTheFormulasGiveOrTakeTheJitter(
            @ForAll("policies") RetryPolicy policy,
            @ForAll @IntRange(min = 1, max = 100) int attempt,
            @ForAll @DoubleRange(min = 0, max = 1) double random) {
        double exact = Math.min(
                policy.initialInterval().toMillis() * Math.pow(policy.coefficient(), attempt - 1),
                policy.maxInterval().toMillis());

        double pause = policy.pauseAfter(attempt, random).toMillis();

        assertThat(pause)
                .isBetween(Math.floor(exact * (1 - policy.jitter())), Math.ceil(exact * (1 + policy.jitter())));
        assertThat(policy.pauseAfter(attempt, 0.5).toMillis()).isEqualTo(Math.round(exact));
    }

    @Property
    void withoutJitterNoPauseIsShorterThanTheOneBefore(
            @ForAll("policies") RetryPolicy policy, @ForAll @IntRange(min = 1, max = 99) int attempt) {
        assertThat(policy.pauseAfter(attempt + 1, 0.5)).isGreaterThanOrEqualTo(policy.pauseAfter(attempt, 0.5));
    }

    @Property
    void theMostExtremeJitterIsHadAtTheEndsOfTheRandomRange(@ForAll("policies") RetryPolicy policy) {
        assertThat(policy.pauseAfter(1, 0)).isLessThanOrEqualTo(policy.pauseAfter(1, 0.5));
        assertThat(policy.pauseAfter(1, 1)).isGreaterThanOrEqualTo(policy.pauseAfter(1, 0.5));
    }

    @Property
    void anotherAttemptFollowsUntilAllAreMade(
            @ForAll @IntRange(min = 1, max = 100) int most, @ForAll @IntRange(min = 1, max = 100) int made) {
        RetryPolicy policy = RetryPolicy.fixed(most, Duration.ZERO);
        assertThat(policy.allows(made, ERROR)).isEqualTo(made < most);
        assertThat(policy.withNonRetryable("java.io.IOException").allows(made, ERROR))
                .isFalse();
        assertThat(policy.withNonRetryable("java.io.EOFException").allows(made, ERROR))
                .isEqualTo(made < most);
    }

    @Example
    void neverIsOneAttempt() {
        assertThat(RetryPolicy.never().allows(1, ERROR)).isFalse();
    }

    @Example
    void whatIsOutOfRangeIsRefusedByName() {
        RetryPolicy usual = RetryPolicy.defaults();
        assertThatRefused("maxAttempts", () -> usual.withMaxAttempts(0));
        assertThatRefused("maxAttempts", () -> usual.withMaxAttempts(101));
        assertThatRefused("jitter", () -> usual.withJitter(-0.1));
        assertThatRefused("jitter", () -> usual.withJitter(Double.NaN));
        assertThatRefused("initialInterval", () -> RetryPolicy.fixed(2, Duration.ofMillis(-1)));
        assertThatRefused(
                "initialInterval", () -> RetryPolicy.fixed(2, Duration.ofDays(7).plusNanos(1)));
        assertThatRefused("maxInterval", () -> policy(Duration.ZERO, Duration.ofDays(8), 1));
        assertThatRefused("coefficient", () -> policy(Duration.ZERO, Duration.ZERO, 0.99));
        assertThatRefused("coefficient", () -> policy(Duration.ZERO, Duration.ZERO, 100.1));
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        Arbitrary<Duration> intervals =
                Arbitraries.longs().between(0, Duration.ofDays(7).toMillis()).map(Duration::ofMillis);
        return Combinators.combine(
                        intervals,
                        intervals,
                        Arbitraries.doubles().between(1, 100),
                        Arbitraries.doubles().between(0, 1))
                .as((initial, most, coefficient, jitter) ->
                        new RetryPolicy(100, initial, most, coefficient, jitter, Set.of()));
    }

    private static RetryPolicy policy(Duration initial, Duration most, double coefficient) {
        return new RetryPolicy(4, initial, most, coefficient, 0, Set.of());
    }
}
