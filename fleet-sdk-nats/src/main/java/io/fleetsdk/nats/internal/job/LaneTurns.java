package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobPriority;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose turn it is among the lanes that have jobs: priorities by their weights, evenly spread (smooth weighted round robin), and
 * within a priority every tenant in turn. Not thread-safe.
 *
 * @param <L> a lane
 */
final class LaneTurns<L> {
    /** The lanes of one priority. */
    private static final class Rank<L> {
        final int weight;
        final Deque<L> filled = new ArrayDeque<>();
        int credit;

        Rank(JobPriority priority) {
            weight = priority.weight();
        }

        /** Its next lane, which then is its last. */
        L next() {
            L lane = filled.removeFirst();
            filled.addLast(lane);
            return lane;
        }
    }

    private final List<Rank<L>> ranks =
            Arrays.stream(JobPriority.values()).map(Rank<L>::new).toList();

    /** The lane has jobs; it comes last in its priority. Must not be in already. */
    void add(JobPriority priority, L lane) {
        ranks.get(priority.ordinal()).filled.addLast(lane);
    }

    /** The lane has no more jobs. */
    void remove(JobPriority priority, L lane) {
        ranks.get(priority.ordinal()).filled.remove(lane);
    }

    boolean isEmpty() {
        return ranks.stream().allMatch(rank -> rank.filled.isEmpty());
    }

    /** How the next so many turns fall. */
    Map<L, Integer> next(int turns) {
        Map<L, Integer> shares = new HashMap<>();
        for (int i = 0; i < turns; i++) {
            nextRank().ifPresent(rank -> shares.merge(rank.next(), 1, Integer::sum));
        }
        return shares;
    }

    /** Each gains its weight, the richest pays the whole round. */
    private Optional<Rank<L>> nextRank() {
        int round = 0;
        Optional<Rank<L>> richest = Optional.empty();
        for (Rank<L> rank : ranks) {
            if (!rank.filled.isEmpty()) {
                round += rank.weight;
                rank.credit += rank.weight;
                richest = richest.filter(other -> other.credit >= rank.credit).or(() -> Optional.of(rank));
            }
        }
        int paid = round;
        richest.ifPresent(rank -> rank.credit -= paid);
        return richest;
    }
}
