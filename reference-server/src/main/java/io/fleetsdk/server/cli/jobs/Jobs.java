package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobRef;
import java.util.List;
import java.util.Optional;

/** Jobs and queues as they are named on the command line. */
final class Jobs {
    private Jobs() {}

    /** The queue of this name, or all. */
    static List<JobQueue> queues(Fleet fleet, Optional<String> name) {
        JobClient jobs = fleet.jobs();
        return name.map(List::of).orElseGet(jobs::queues).stream()
                .map(jobs::queue)
                .toList();
    }

    /**
     * @throws NotFoundException if the queue or the job is not there
     */
    static Job job(Fleet fleet, String queue, String id) {
        return fleet.jobs()
                .queue(queue)
                .job(JobId.of(id))
                .orElseThrow(
                        () -> new NotFoundException("nothing is kept of a job " + new JobRef(queue, JobId.of(id))));
    }
}
