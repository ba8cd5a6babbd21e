package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobRef;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "watch",
        description = {
            "Follows a job to its end, with a bar that moves on a terminal and a line for each change elsewhere.",
            "Without an id: a line for each step of all jobs of the queue, or of all queues, until Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  fleet jobs watch training export-7",
            "  fleet jobs watch training",
            "  fleet jobs watch > steps.log"
        })
final class WatchCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
    private Optional<String> queue = Optional.empty();

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The job. Default: all of the queue")
    private Optional<String> id = Optional.empty();

    private final Map<JobRef, JobDisplay> shown = new ConcurrentHashMap<>();

    @Override
    public Integer call() {
        Optional<JobId> job = id.map(JobId::of);
        return jobs.with(fleet -> {
            Optional<JobQueue> one = queue.map(fleet.jobs()::queue);
            return one.isPresent() && job.isPresent() ? untilEnd(one.get(), job.get()) : untilInterrupted(fleet, one);
        });
    }

    private int untilEnd(JobQueue one, JobId job) {
        return Endings.report(new JobWatch(one, job, jobs.screen().follow(), jobs.clock()).untilEnd(), jobs.screen());
    }

    private int untilInterrupted(Fleet fleet, Optional<JobQueue> one) {
        try (Subscription steps =
                one.isPresent() ? one.get().watch(this::print) : fleet.jobs().watch(this::print)) {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    private void print(Job step) {
        JobDisplay lines = shown.computeIfAbsent(step.ref(), job -> new PlainLines(jobs.screen()));
        lines.show(step, jobs.clock().instant());
        if (step.state().isFinal()) {
            shown.remove(step.ref());
        }
    }
}
