package io.fleetsdk.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, again and again. Not thread-safe. */
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    void add(long taken) {
        nanos.add(taken);
    }

    void addAll(Latencies others) {
        nanos.addAll(others.nanos);
    }

    /** The time that so many of a hundred did not exceed, in nanoseconds. */
    long percentile(double percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    long median() {
        return percentile(50);
    }
}
