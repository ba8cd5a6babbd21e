package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.WorkerInfo;
import java.util.List;

/** The workers of a queue as they report themselves, kept for 15 s each in the bucket JOB_CONTROL. */
final class WorkerDirectory {
    /** Called by every worker each 5 s and at each change of state. Failures are logged: the next report follows. */
    void report(WorkerInfo worker) {
        throw new UnsupportedOperationException();
    }

    /** Called by a worker that has stopped. */
    void leave(String queue, String worker) {
        throw new UnsupportedOperationException();
    }

    List<WorkerInfo> list(String queue) {
        throw new UnsupportedOperationException();
    }
}
