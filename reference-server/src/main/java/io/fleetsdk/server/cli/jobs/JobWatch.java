package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueue;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Follows one job to its end. */
final class JobWatch {
    private static final int LOOK_AGAIN_SECONDS = 1;

    private final JobQueue queue;
    private final JobId id;
    private final JobDisplay display;
    private final Clock clock;
    private final BlockingQueue<Job> steps = new LinkedBlockingQueue<>();

    JobWatch(JobQueue queue, JobId id, JobDisplay display, Clock clock) {
        this.queue = queue;
        this.id = id;
        this.display = display;
        this.clock = clock;
    }

    /** The job at its end. */
    Job untilEnd() {
        try (Subscription watched = queue.watch(this::note)) {
            Job job = look();
            display.show(job, clock.instant());
            while (!job.state().isFinal()) {
                job = next();
                display.show(job, clock.instant());
            }
            return job;
        } finally {
            display.end();
        }
    }

    private void note(Job step) {
        if (step.ref().id().equals(id)) {
            steps.add(step);
        }
    }

    /** Its next step, or in quiet times the job as it is: that moves the clock on and finds a broker that is gone. */
    private Job next() {
        try {
            Job step = steps.poll(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
            return step == null ? look() : step;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownOutcomeException("stopped watching " + id + "; the job goes on", e);
        }
    }

    private Job look() {
        return queue.job(id).orElseThrow(() -> new NotFoundException("nothing is kept of a job " + id));
    }
}
