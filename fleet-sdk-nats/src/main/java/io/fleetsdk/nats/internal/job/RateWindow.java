package io.fleetsdk.nats.internal.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.QueueLimits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many jobs were allowed to start in the last period, counted in slots of a twentieth of it. A slot counts until all of it lies
 * more than a period back, so that in no stretch of a period, wherever it begins, more than the rate's jobs are allowed.
 *
 * @param period that the slots are of
 * @param slot number of the newest slot since 1970
 * @param counts the newest slot's first, and of 20 more
 */
record RateWindow(Duration period, long slot, List<Integer> counts) {
    private static final int SLOTS = 20;
    private static final int COUNTED = SLOTS + 1;

    RateWindow {
        counts = Require.list("counts", counts);
    }

    static RateWindow empty(Rate rate) {
        return new RateWindow(rate.period(), 0, Collections.nCopies(COUNTED, 0));
    }

    /**
     * The window as it stands at this time. What was counted for a later slot, by a clock a little ahead, stays there; of another
     * period, or by a clock that was wrong, it counts as now.
     */
    RateWindow at(Instant time, Rate rate) {
        long now = slotOf(time, rate.period());
        if (!period.equals(rate.period()) || slot > now + COUNTED) {
            return empty(rate).movedTo(now).plus(allowed());
        }
        return movedTo(Math.max(now, slot));
    }

    private RateWindow movedTo(long newest) {
        int fresh = (int) Math.min(newest - slot, COUNTED);
        return new RateWindow(
                period,
                newest,
                Stream.concat(Collections.nCopies(fresh, 0).stream(), counts.stream())
                        .limit(COUNTED)
                        .toList());
    }

    /** How many more jobs are allowed now. */
    int room(Rate rate) {
        return Math.max(0, rate.jobs() - allowed());
    }

    private int allowed() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** So many more in the newest slot. */
    RateWindow plus(int jobs) {
        return new RateWindow(
                period,
                slot,
                IntStream.range(0, COUNTED)
                        .mapToObj(i -> counts.get(i) + (i == 0 ? jobs : 0))
                        .toList());
    }

    /** So many fewer, for they were not started. The oldest are taken off, which would be forgotten first: that allows least. */
    RateWindow minus(int jobs) {
        Integer[] left = counts.toArray(Integer[]::new);
        int toRemove = jobs;
        for (int i = left.length - 1; i >= 0; i--) {
            int removed = Math.min(left[i], toRemove);
            left[i] -= removed;
            toRemove -= removed;
        }
        return new RateWindow(period, slot, List.of(left));
    }

    private static long slotOf(Instant time, Duration period) {
        long micros = Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        return micros / (period.toNanos() / 1_000 / SLOTS);
    }
}
