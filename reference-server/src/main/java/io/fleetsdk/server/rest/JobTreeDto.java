package io.fleetsdk.server.rest;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A job and those it waits for or waited for, down to ten levels; children of which nothing is kept are left out. */
record JobTreeDto(JobDto job, List<JobTreeDto> children) {
    private static final int MOST_LEVELS = 10;
    private static final int MOST_JOBS = 2_000;

    static JobTreeDto of(Job root, JobClient jobs) {
        return of(root, jobs, MOST_LEVELS, new HashSet<>(Set.of(root.ref())));
    }

    /**
     * @param seen jobs that are in the tree: messages are anybody's, and could name a job as its own descendant
     */
    private static JobTreeDto of(Job job, JobClient jobs, int levels, Set<JobRef> seen) {
        List<JobTreeDto> children = levels == 0
                ? List.of()
                : job.children().stream()
                        .filter(child -> seen.size() < MOST_JOBS && seen.add(child))
                        .map(jobs::job)
                        .flatMap(Optional::stream)
                        .map(child -> of(child, jobs, levels - 1, seen))
                        .toList();
        return new JobTreeDto(JobDto.brief(job), children);
    }
}
