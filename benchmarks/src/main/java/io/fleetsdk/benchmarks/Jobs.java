package io.fleetsdk.benchmarks;

import java.util.List;

/** Everything about job queues, under each way of the broker to write to its disk. */
final class Jobs {
    private final JobEffort effort;

    Jobs(JobEffort effort) {
        this.effort = effort;
    }

    List<Section> measure() throws Exception {
        JobSubmits submits = new JobSubmits(effort);
        JobWork work = new JobWork(effort);
        JobStarts starts = new JobStarts(effort);
        JobBacklog backlog = new JobBacklog(effort);
        JobCancels cancels = new JobCancels(effort);
        JobMemory memory = new JobMemory(effort);
        for (Sync sync : Sync.values()) {
            try (JobBed bed = new JobBed(sync)) {
                submits.measure(bed);
                work.measure(bed);
                starts.measure(bed);
                backlog.measure(bed);
                cancels.measure(bed);
            }
        }
        try (JobBed bed = new JobBed(Sync.DEFAULT)) {
            memory.measure(bed);
        }
        return List.of(
                submits.section(),
                work.section(),
                starts.section(),
                backlog.section(),
                cancels.section(),
                memory.section(),
                new JobsBesideBullMq(effort, submits, work).measure());
    }
}
