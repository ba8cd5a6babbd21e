package io.fleetsdk.job;

import static io.fleetsdk.job.JobState.BLOCKED;
import static io.fleetsdk.job.JobState.CANCELLED;
import static io.fleetsdk.job.JobState.DELAYED;
import static io.fleetsdk.job.JobState.DISCARDED;
import static io.fleetsdk.job.JobState.EXPIRED;
import static io.fleetsdk.job.JobState.FAILED;
import static io.fleetsdk.job.JobState.RETRYING;
import static io.fleetsdk.job.JobState.RUNNING;
import static io.fleetsdk.job.JobState.SUCCEEDED;
import static io.fleetsdk.job.JobState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JobStateTest {
    private static final Map<JobState, Set<JobState>> LIFE_CYCLE = Map.of(
            WAITING, Set.of(RUNNING, FAILED, CANCELLED, DISCARDED, EXPIRED),
            DELAYED, Set.of(WAITING, CANCELLED, DISCARDED, EXPIRED),
            BLOCKED, Set.of(WAITING, FAILED, CANCELLED, DISCARDED, EXPIRED),
            RUNNING, Set.of(RUNNING, WAITING, RETRYING, SUCCEEDED, FAILED, CANCELLED, EXPIRED),
            RETRYING, Set.of(WAITING, CANCELLED, EXPIRED),
            FAILED, Set.of(WAITING));

    @Property
    void theListedStepsAreAllowedAndNoOther(@ForAll JobState from, @ForAll JobState to) {
        assertThat(from.canBecome(to))
                .isEqualTo(LIFE_CYCLE.getOrDefault(from, Set.of()).contains(to));
    }

    @Property
    void onlyAFailedJobLeavesItsEndAndOnlyToWaitAgain(@ForAll JobState from, @ForAll JobState to) {
        if (from.isFinal() && from.canBecome(to)) {
            assertThat(from).isEqualTo(FAILED);
            assertThat(to).isEqualTo(WAITING);
        }
    }

    @Example
    void theEndsAreFive() {
        assertThat(JobState.values())
                .filteredOn(JobState::isFinal)
                .containsExactlyInAnyOrder(SUCCEEDED, FAILED, CANCELLED, DISCARDED, EXPIRED);
    }
}
