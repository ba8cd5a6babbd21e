package io.fleetsdk.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobTickTest {
    private final JobTick tick = new JobTick();

    @Test
    void ofSeveralStepsOfAJobTheLastIsTold() {
        tick.put(job("a", JobState.WAITING));
        tick.put(job("b", JobState.WAITING));
        tick.put(job("a", JobState.SUCCEEDED));
        assertThat(tick.take()).map(Job::state).contains(JobState.SUCCEEDED);
        assertThat(tick.take()).map(Job::ref).contains(new JobRef("q", JobId.of("b")));
        assertThat(tick.take()).isEmpty();
    }

    @Test
    void beyondItsBoundTheOldestGoes() {
        for (int i = 0; i <= JobTick.MOST; i++) {
            tick.put(job("j" + i, JobState.RUNNING));
        }
        assertThat(tick.take()).map(Job::ref).contains(new JobRef("q", JobId.of("j1")));
        tick.clear();
        assertThat(tick.take()).isEmpty();
    }

    private static Job job(String id, JobState state) {
        return new Job(
                new JobRef("q", JobId.of(id)),
                "t",
                state,
                JobPriority.NORMAL,
                Optional.empty(),
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
