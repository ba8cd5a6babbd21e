package io.fleetsdk.benchmarks;

import io.fleetsdk.benchmarks.TypicalJobs.Done;
import io.fleetsdk.benchmarks.TypicalJobs.Episode;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import java.time.Duration;

/** Whether the jobs that wait slow down those that are submitted and started. */
final class JobBacklog {
    private static final int CONCURRENCY = 16;
    private static final Duration WORK = Duration.ofMillis(5);
    private static final Pace PACE = Pace.perSecond(100);
    private static final JobType<Episode, Done> URGENT = JobType.of("urgent", Episode.class, Done.class);
    private static final JobOptions CRITICAL =
            JobOptions.builder().priority(JobPriority.CRITICAL).build();

    private final JobEffort effort;
    private final Section section;

    JobBacklog(JobEffort effort) {
        this.effort = effort;
        this.section = new Section(
                "Jobs: backlog",
                "A job of priority CRITICAL, of which 100 are submitted in a second, for a worker with a concurrency of "
                        + CONCURRENCY
                        + ". In the first line nothing else is there. In the others every handler is busy with"
                        + " jobs of priority NORMAL that take " + WORK.toMillis()
                        + " ms each; how many of them wait should"
                        + " make no difference.",
                "broker",
                "waiting",
                "submit p50 ms",
                "submit p99 ms",
                "submit to start p50 ms",
                "submit to start p99 ms",
                "submit p50 beside a tenth waiting",
                "start p50 beside a tenth waiting");
    }

    private record Measured(Latencies submits, Latencies starts) {}

    void measure(JobBed bed) throws Exception {
        for (int i = 0; i < effort.warmUps(); i++) {
            with(bed, 0);
        }
        Measured idle = with(bed, 0);
        Measured few = with(bed, effort.backlog() / 10);
        Measured many = with(bed, effort.backlog());
        row(bed.sync(), "0, idle worker", idle, few);
        row(bed.sync(), String.valueOf(effort.backlog() / 10), few, few);
        row(bed.sync(), String.valueOf(effort.backlog()), many, few);
    }

    private Measured with(JobBed bed, int waiting) throws Exception {
        try (MeasuredQueue queue = bed.queue()) {
            queue.fill(TypicalJobs.requests(waiting));
            return measure(queue);
        }
    }

    private Measured measure(MeasuredQueue queue) throws Exception {
        int count = effort.paced() / 2;
        Latencies submits = new Latencies();
        Spans starts = new Spans(count);
        try (JobWorker worker = worker(queue, starts)) {
            PACE.run(count, number -> {
                starts.begin(number);
                long begin = System.nanoTime();
                queue.queue().submit(URGENT, TypicalJobs.episode(number), CRITICAL);
                submits.add(System.nanoTime() - begin);
            });
            return new Measured(submits, starts.await());
        }
    }

    private static JobWorker worker(MeasuredQueue queue, Spans starts) {
        return JobWorker.builder(queue.queue())
                .concurrency(CONCURRENCY)
                .handle(TypicalJobs.INSPECT, (episode, context) -> {
                    Pace.awaitTime(System.nanoTime() + WORK.toNanos());
                    return TypicalJobs.DONE;
                })
                .handle(URGENT, (episode, context) -> {
                    starts.end(episode.number());
                    return TypicalJobs.DONE;
                })
                .start();
    }

    private void row(Sync sync, String waiting, Measured measured, Measured few) {
        section.row(
                sync.words(),
                waiting,
                Section.millis(measured.submits().median()),
                Section.millis(measured.submits().percentile(99)),
                Section.millis(measured.starts().median()),
                Section.millis(measured.starts().percentile(99)),
                Section.times(measured.submits().median(), few.submits().median()),
                Section.times(measured.starts().median(), few.starts().median()));
    }

    Section section() {
        return section;
    }
}
