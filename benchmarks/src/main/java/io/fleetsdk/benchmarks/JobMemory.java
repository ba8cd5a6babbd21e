package io.fleetsdk.benchmarks;

import io.fleetsdk.benchmarks.TypicalJobs.Done;
import io.fleetsdk.job.JobOutcome;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a handle that waits for the end of its job costs in this process. */
final class JobMemory {
    private static final int COLLECTIONS = 3;

    private final JobEffort effort;
    private final Section section;

    JobMemory(JobEffort effort) {
        this.effort = effort;
        this.section = new Section(
                "Jobs: memory of waiting handles",
                "The heap in use after garbage collections, before and after " + effort.handles()
                        + " jobs were submitted of"
                        + " which each handle waits for the end: its `completion()`. The jobs then run, and every one must"
                        + " be told.",
                "what",
                "bytes");
    }

    void measure(JobBed bed) throws Exception {
        try (MeasuredQueue queue = bed.queue()) {
            completions(queue, 100);
            long before = usedHeap();
            List<CompletableFuture<JobOutcome<Done>>> waiting = completions(queue, effort.handles());
            long after = usedHeap();
            section.row("a waiting handle", Section.number((double) (after - before) / effort.handles()));
            runAll(queue, waiting);
            Reference.reachabilityFence(waiting);
        }
    }

    private static List<CompletableFuture<JobOutcome<Done>>> completions(MeasuredQueue queue, int count) {
        List<CompletableFuture<JobOutcome<Done>>> completions = new ArrayList<>(count);
        queue.submitAll(TypicalJobs.requests(count))
                .forEach(answer -> answer.handle().ifPresent(handle -> completions.add(handle.completion())));
        return completions;
    }

    private static void runAll(MeasuredQueue queue, List<CompletableFuture<JobOutcome<Done>>> waiting)
            throws Exception {
        try (AutoCloseable worker = queue.work(16, (episode, context) -> TypicalJobs.DONE)) {
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
                    .get(Testbed.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    Section section() {
        return section;
    }
}
