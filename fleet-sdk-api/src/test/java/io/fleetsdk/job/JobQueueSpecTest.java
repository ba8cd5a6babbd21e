package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobQueueSpec.Durability;
import io.fleetsdk.job.JobQueueSpec.Storage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobQueueSpecTest {
    private static final JobQueueSpec LOGS = JobQueueSpec.of("logs");

    @Test
    void withoutAWordAQueueIsOnFileAndAWorkerMayBeSilentForHalfAMinute() {
        assertThat(LOGS)
                .isEqualTo(new JobQueueSpec("logs", Duration.ofSeconds(30), Storage.FILE, Durability.BROKER_DEFAULT));
        assertThat(LOGS.withHeartbeatTimeout(Duration.ofHours(1))
                        .withStorage(Storage.MEMORY)
                        .withDurability(Durability.REPLICATED))
                .isEqualTo(new JobQueueSpec("logs", Duration.ofHours(1), Storage.MEMORY, Durability.REPLICATED));
    }

    /** They would hide, or be hidden by, what a backend's paths hold beside the queues. */
    @ParameterizedTest
    @ValueSource(strings = {"queues", "dead-letters", "schedules", "flows", "bulk"})
    void aWordOfTheRoutesIsNoQueue(String word) {
        assertThatRefused("name", () -> JobQueueSpec.of(word));
        assertThat(JobQueueSpec.of(word + "-2").name()).isEqualTo(word + "-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "*", ">", "-a", "ä"})
    void aNameIsOneToken(String name) {
        assertThatRefused("name", () -> JobQueueSpec.of(name));
    }

    @Test
    void theHeartbeatTimeoutIsFromASecondToAnHour() {
        assertThatRefused("heartbeatTimeout", () -> LOGS.withHeartbeatTimeout(Duration.ofMillis(999)));
        assertThatRefused(
                "heartbeatTimeout",
                () -> LOGS.withHeartbeatTimeout(Duration.ofHours(1).plusNanos(1)));
    }
}
