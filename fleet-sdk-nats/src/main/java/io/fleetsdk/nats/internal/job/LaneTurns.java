package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobPriority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is among the lanes that have jobs: priorities by their weights, evenly spread (smooth weighted round robin), and
 * within a priority every tenant in turn. Not thread-safe.
 *
 * @param <L> a lane
 */
final class LaneTurns<L> {
    private final Map<JobPriority, Deque<L>> filled = new EnumMap<>(JobPriority.class);
    private final Map<JobPriority, Integer> credit = new EnumMap<>(JobPriority.class);

    LaneTurns() {
        for (JobPriority priority : JobPriority.values()) {
            filled.put(priority, new ArrayDeque<>());
            credit.put(priority, 0);
        }
    }

    /** The lane has jobs; it comes last in its priority. Must not be in already. */
    void add(JobPriority priority, L lane) {
        filled.get(priority).addLast(lane);
    }

    /** The lane has no more jobs. */
    void remove(JobPriority priority, L lane) {
        filled.get(priority).remove(lane);
    }

    boolean isEmpty() {
        return filled.values().stream().allMatch(Deque::isEmpty);
    }

    /** How the next so many turns fall. */
    Map<L, Integer> next(int turns) {
        Map<L, Integer> shares = new HashMap<>();
        for (int i = 0; i < turns; i++) {
            nextPriority().ifPresent(priority -> {
                Deque<L> lanes = filled.get(priority);
                L lane = lanes.removeFirst();
                lanes.addLast(lane);
                shares.merge(lane, 1, Integer::sum);
            });
        }
        return shares;
    }

    private Optional<JobPriority> nextPriority() {
        int round = 0;
        JobPriority next = null;
        for (JobPriority priority : JobPriority.values()) {
            if (!filled.get(priority).isEmpty()) {
                round += priority.weight();
                credit.merge(priority, priority.weight(), Integer::sum);
                next = next == null || credit.get(priority) > credit.get(next) ? priority : next;
            }
        }
        if (next != null) {
            credit.merge(next, -round, Integer::sum);
        }
        return Optional.ofNullable(next);
    }
}
