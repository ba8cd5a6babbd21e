package io.fleetsdk.benchmarks;

import io.fleetsdk.benchmarks.TypicalJobs.Done;
import io.fleetsdk.benchmarks.TypicalJobs.Episode;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** From a call of {@code cancel} over another connection until a running handler is told, and until a waiting job is cancelled. */
final class JobCancels {
    private static final int AT_ONCE = 16;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final JobEffort effort;
    private final Section section;

    JobCancels(JobEffort effort) {
        this.effort = effort;
        this.section = new Section(
                "Jobs: cancelling",
                effort.cancels()
                        + " jobs, one after the other, by a fleet with another connection than the worker's. A running"
                        + " one: from the call until its handler is told. A waiting one: until the call returns.",
                "broker",
                "job",
                "p50 ms",
                "p99 ms",
                "target");
    }

    void measure(JobBed bed) throws Exception {
        try (MeasuredQueue queue = bed.queue()) {
            JobQueue elsewhere = bed.elsewhere(queue);
            for (int i = 0; i < effort.warmUps(); i++) {
                waiting(queue, elsewhere);
                running(queue, elsewhere, AT_ONCE);
            }
            row(bed.sync(), "waiting", waiting(queue, elsewhere));
            row(bed.sync(), "running", running(queue, elsewhere));
        }
    }

    private Latencies waiting(MeasuredQueue queue, JobQueue elsewhere) {
        Latencies latencies = new Latencies();
        for (JobHandle<Done> job : submitted(queue, effort.cancels())) {
            long begin = System.nanoTime();
            elsewhere.cancel(job.id());
            latencies.add(System.nanoTime() - begin);
        }
        return latencies;
    }

    private static List<JobHandle<Done>> submitted(MeasuredQueue queue, int count) {
        return queue.submitAll(TypicalJobs.requests(count)).stream()
                .flatMap(answer -> answer.handle().stream())
                .toList();
    }

    private Latencies running(MeasuredQueue queue, JobQueue elsewhere) throws InterruptedException {
        Latencies latencies = new Latencies();
        for (int done = 0; done < effort.cancels(); done += AT_ONCE) {
            latencies.addAll(running(queue, elsewhere, AT_ONCE));
        }
        return latencies;
    }

    private static Latencies running(MeasuredQueue queue, JobQueue elsewhere, int count) throws InterruptedException {
        Spans told = new Spans(count);
        List<JobHandle<Done>> jobs = submitted(queue, count);
        try (JobWorker worker = queue.work(count, (episode, context) -> untilTold(episode, context, told))) {
            for (int number = 0; number < count; number++) {
                awaitRunning(jobs.get(number));
                told.begin(number);
                elsewhere.cancel(jobs.get(number).id());
            }
            return told.await();
        }
    }

    private static Done untilTold(Episode episode, JobContext context, Spans told) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        context.onCancel(() -> {
            told.end(episode.number());
            stop.countDown();
        });
        stop.await();
        context.throwIfCancelled();
        return TypicalJobs.DONE;
    }

    private static void awaitRunning(JobHandle<Done> handle) {
        for (Job job = handle.job(); job.state() != JobState.RUNNING; job = handle.job()) {
            Pace.awaitTime(System.nanoTime() + LOOK_AGAIN.toNanos());
        }
    }

    private void row(Sync sync, String job, Latencies latencies) {
        section.row(
                sync.words(),
                job,
                Section.millis(latencies.median()),
                Section.millis(latencies.percentile(99)),
                "p99 < 1 s");
    }

    Section section() {
        return section;
    }
}
