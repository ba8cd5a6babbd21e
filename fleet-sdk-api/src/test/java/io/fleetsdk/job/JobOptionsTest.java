package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobOptions.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
    private static final JobOptions FULL = JobOptions.builder()
            .id("j-1")
            .priority(JobPriority.LOW)
            .runAt(Instant.EPOCH)
            .deadline(Instant.EPOCH.plusSeconds(9))
            .deduplication(Deduplication.keepLast("k"))
            .retry(RetryPolicy.never())
            .timeouts(JobTimeouts.none().withHeartbeat(Duration.ofSeconds(1)))
            .metadata(Map.of("robot", "RB-001"))
            .tenant("acme")
            .build();

    @Test
    void withoutAWordAJobIsNormalStartsAtOnceAndIsTriedAsTheSeedSays() {
        JobOptions options = JobOptions.defaults();
        assertThat(options.priority()).isEqualTo(JobPriority.NORMAL);
        assertThat(options.start()).isEqualTo(new Start.Now());
        assertThat(options.retry()).isEqualTo(RetryPolicy.defaults());
        assertThat(options.timeouts()).isEqualTo(JobTimeouts.none());
        assertThat(options.id()).isEmpty();
        assertThat(options.deadline()).isEmpty();
        assertThat(options.deduplication()).isEmpty();
        assertThat(options.tenant()).isEmpty();
        assertThat(options.metadata()).isEmpty();
    }

    @Test
    void aCopyHasEveryOption() {
        assertThat(FULL.toBuilder().build()).isEqualTo(FULL);
    }

    @Test
    void theLastWordOnTheStartCounts() {
        assertThat(FULL.toBuilder().delay(Duration.ofHours(1)).build().start())
                .isEqualTo(new Start.After(Duration.ofHours(1)));
    }

    @Test
    void whatIsOutOfRangeIsRefusedByNameAtOnce() {
        JobOptions.Builder builder = JobOptions.builder();
        assertThatRefused("jobId", () -> builder.id("a.b"));
        assertThatRefused("jobId", () -> builder.id("a".repeat(65)));
        assertThatRefused("tenant", () -> builder.tenant("*"));
        assertThatRefused("delay", () -> builder.delay(Duration.ofNanos(-1)));
        assertThatRefused("delay", () -> builder.delay(Duration.ofDays(366).plusNanos(1)));
        assertThatRefused("runAt", () -> builder.runAt(Instant.MAX));
        assertThatRefused("runAt", () -> builder.runAt(Instant.EPOCH.minusNanos(1)));
        assertThatRefused("deadline", () -> builder.deadline(Instant.parse("+10000-01-01T00:00:00Z")));
        assertThatRefused("deadline", () -> builder.deadline(Instant.MIN));
        assertThatRefused("metadata", () -> builder.metadata(Map.of("a b", "c")));
        assertThatRefused("metadata.a", () -> builder.metadata(Map.of("a", "line\nbreak")));
        assertThatRefused("metadata", () -> builder.metadata(entries(33)));
        assertThat(builder.build()).isEqualTo(JobOptions.defaults());
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        JobOptions options = JobOptions.builder()
                .id("a".repeat(64))
                .delay(Duration.ofDays(366))
                .deadline(Instant.parse("9999-12-31T23:59:59.999999999Z"))
                .metadata(entries(32))
                .build();
        assertThat(options.metadata()).hasSize(32);
    }

    @Test
    void whatTheCallerDoesToItsMapLaterChangesNothing() {
        Map<String, String> own = new java.util.HashMap<>(Map.of("a", "b"));
        JobOptions options = JobOptions.builder().metadata(own).build();
        own.clear();
        assertThat(options.metadata()).containsExactly(Map.entry("a", "b"));
    }

    private static Map<String, String> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "m" + i)
                .collect(Collectors.toMap(Function.identity(), Function.identity()));
    }
}
