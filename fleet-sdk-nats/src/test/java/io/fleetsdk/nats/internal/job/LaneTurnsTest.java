package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobPriority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LaneTurnsTest {
    @Test
    void ofFifteenTurnsThePrioritiesGetEightFourTwoAndOne() {
        LaneTurns<JobPriority> turns = of(List.of(JobPriority.values()));

        assertThat(turns.next(15))
                .isEqualTo(Map.of(
                        JobPriority.CRITICAL, 8, JobPriority.HIGH, 4, JobPriority.NORMAL, 2, JobPriority.LOW, 1));
    }

    @Property(tries = 200)
    void sharesAreExactHoweverTheTurnsAreAskedFor(
            @ForAll @NotEmpty Set<JobPriority> filled, @ForAll List<@IntRange(min = 1, max = 7) Integer> asked) {
        LaneTurns<JobPriority> turns = of(filled);
        int round = filled.stream().mapToInt(JobPriority::weight).sum();
        Map<JobPriority, Integer> taken = new HashMap<>();
        int count = 0;
        for (int some : asked) {
            turns.next(some).forEach((priority, share) -> taken.merge(priority, share, Integer::sum));
            count += some;
        }
        for (JobPriority priority : filled) {
            double fair = (double) count * priority.weight() / round;
            assertThat(taken.getOrDefault(priority, 0))
                    .isBetween((int) Math.floor(fair) - 4, (int) Math.ceil(fair) + 4);
        }
    }

    @Test
    void tenantsOfOnePriorityTakeTurns() {
        LaneTurns<String> turns = new LaneTurns<>();
        List.of("a", "b", "c").forEach(tenant -> turns.add(JobPriority.NORMAL, tenant));

        assertThat(turns.next(7)).isEqualTo(Map.of("a", 3, "b", 2, "c", 2));
    }

    @Test
    void aLaneWithoutJobsGetsNoTurn() {
        LaneTurns<String> turns = new LaneTurns<>();
        turns.add(JobPriority.CRITICAL, "urgent");
        turns.add(JobPriority.LOW, "idle");
        turns.remove(JobPriority.CRITICAL, "urgent");

        assertThat(turns.next(3)).isEqualTo(Map.of("idle", 3));
        turns.remove(JobPriority.LOW, "idle");
        assertThat(turns.isEmpty()).isTrue();
        assertThat(turns.next(3)).isEmpty();
    }

    private static LaneTurns<JobPriority> of(Iterable<JobPriority> filled) {
        LaneTurns<JobPriority> turns = new LaneTurns<>();
        filled.forEach(priority -> turns.add(priority, priority));
        return turns;
    }
}
