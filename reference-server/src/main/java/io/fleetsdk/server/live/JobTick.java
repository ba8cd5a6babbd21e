package io.fleetsdk.server.live;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest state of each job that took a step and was not told yet, in the order of the steps; beyond its bound the oldest goes. Thread-safe. */
final class JobTick {
    static final int MOST = 10_000;

    private final Map<JobRef, Job> newest = new LinkedHashMap<>();

    synchronized void put(Job job) {
        newest.put(job.ref(), job);
        if (newest.size() > MOST) {
            take();
        }
    }

    /** The one that waits for longest. */
    synchronized Optional<Job> take() {
        Optional<Job> oldest = newest.values().stream().findFirst();
        oldest.ifPresent(job -> newest.remove(job.ref()));
        return oldest;
    }

    synchronized void clear() {
        newest.clear();
    }
}
