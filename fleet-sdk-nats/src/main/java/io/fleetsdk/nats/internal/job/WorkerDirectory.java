package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.job.WorkerInfo;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of a queue as they report themselves, kept for 15 s each in the bucket JOB_CONTROL. */
final class WorkerDirectory {
    private static final Logger log = LoggerFactory.getLogger(WorkerDirectory.class);
    private static final Duration LISTED = Duration.ofSeconds(15);

    private final ControlKeys keys;
    private final Duration listed;

    WorkerDirectory(ControlKeys keys) {
        this(keys, LISTED);
    }

    /**
     * @param listed how long a worker stays that says no more, in whole seconds
     */
    WorkerDirectory(ControlKeys keys, Duration listed) {
        this.keys = keys;
        this.listed = listed;
    }

    /** Called by every worker each 5 s and at each change of state; does not wait. Failures are logged: the next report follows. */
    void report(WorkerInfo worker) {
        keys.writeFor(key(worker.queue(), worker.id()), worker, listed).exceptionally(failure -> {
            log.warn("Worker {} of {} could not report itself: {}", worker.id(), worker.queue(), failure.toString());
            return null;
        });
    }

    /** Called by a worker that has stopped. */
    void leave(String queue, String worker) {
        try {
            keys.remove(key(queue, worker));
        } catch (FleetException e) {
            log.warn("Worker {} of {} stays listed for {}: {}", worker, queue, listed, e.getMessage());
        }
    }

    /** By id. */
    List<WorkerInfo> list(String queue) {
        return keys.list(key(queue, "*"), WorkerInfo.class).stream()
                .map(ControlKeys.Entry::value)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(WorkerInfo::id))
                .toList();
    }

    private static String key(String queue, String worker) {
        return "worker." + queue + "." + worker;
    }
}
