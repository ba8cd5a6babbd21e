package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class JobScheduleTest {
    private static final JobType<Object, Object> TYPE = JobType.untyped("evaluate");
    private static final JobSchedule NIGHTLY = JobSchedule.of("nightly", "0 30 3 * * *", TYPE, 1);

    @Test
    void withoutAWordItIsInUtcSkipsOverlapsAndMakesUpOnce() {
        assertThat(NIGHTLY.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(NIGHTLY.overlap()).isEqualTo(JobSchedule.Overlap.SKIP);
        assertThat(NIGHTLY.missed()).isEqualTo(JobSchedule.Missed.RUN_ONCE);
        assertThat(NIGHTLY.startWithin()).isEqualTo(Duration.ofMinutes(1));
        assertThat(NIGHTLY.options()).isEqualTo(JobOptions.defaults());
    }

    @Test
    void eachWithChangesOneThing() {
        JobSchedule changed = NIGHTLY.withZone(ZoneId.of("Europe/Berlin"))
                .withOverlap(JobSchedule.Overlap.ALLOW)
                .withMissed(JobSchedule.Missed.RUN_ALL)
                .withStartWithin(Duration.ofHours(1))
                .withOptions(JobOptions.builder().tenant("acme").build());
        assertThat(changed)
                .isEqualTo(new JobSchedule(
                        "nightly",
                        "0 30 3 * * *",
                        ZoneId.of("Europe/Berlin"),
                        "evaluate",
                        1,
                        JobOptions.builder().tenant("acme").build(),
                        JobSchedule.Overlap.ALLOW,
                        JobSchedule.Missed.RUN_ALL,
                        Duration.ofHours(1)));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertThatRefused("name", () -> JobSchedule.of("a b", "@daily", TYPE, 1));
        assertThatRefused("name", () -> JobSchedule.of("a".repeat(41), "@daily", TYPE, 1));
        assertThatRefused("cron", () -> JobSchedule.of("a", "", TYPE, 1));
        assertThatRefused("cron", () -> JobSchedule.of("a", "@daily\n", TYPE, 1));
        assertThatRefused("startWithin", () -> NIGHTLY.withStartWithin(Duration.ofMillis(999)));
        assertThatRefused("startWithin", () -> NIGHTLY.withStartWithin(Duration.ofDays(8)));
        assertThat(JobSchedule.of("a".repeat(40), "@daily", TYPE, 1).name()).hasSize(40);
    }

    @Test
    void optionsThatOnlyFitOneJobAreRefused() {
        JobOptions.Builder options = JobOptions.builder();
        assertThatRefused(
                "options.id", () -> NIGHTLY.withOptions(options.id("one").build()));
        JobOptions.Builder later = JobOptions.builder().runAt(Instant.EPOCH);
        assertThatRefused("options.start", () -> NIGHTLY.withOptions(later.build()));
        JobOptions.Builder unique = JobOptions.builder().deduplication(Deduplication.keepLast("k"));
        assertThatRefused("options.deduplication", () -> NIGHTLY.withOptions(unique.build()));
    }
}
