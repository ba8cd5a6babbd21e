package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobFigures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a queue fills and empties: what was counted since a look at it about ten seconds ago. Thread-safe. */
final class QueueRates {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    /** Counters come in once a second: between closer looks a rate would be chance. */
    private static final Duration APART = Duration.ofSeconds(1);

    private final Deque<JobFigures> looks = new ArrayDeque<>();
    private Rates last = new Rates(0, 0);

    /** Jobs per second. */
    record Rates(double added, double finished) {}

    /** The rates at one more look; 0 at the first. */
    synchronized Rates at(JobFigures now) {
        while (looks.size() > 1 && age(looks.getFirst(), now).compareTo(WINDOW) > 0) {
            looks.removeFirst();
        }
        if (looks.isEmpty() || age(looks.getLast(), now).compareTo(APART) >= 0) {
            looks.addLast(now);
            JobFigures before = looks.getFirst();
            last = new Rates(now.addRateSince(before), now.finishRateSince(before));
        }
        return last;
    }

    private static Duration age(JobFigures look, JobFigures now) {
        return Duration.between(look.at(), now.at());
    }
}
