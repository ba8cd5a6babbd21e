package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.server.rest.QueueRoutes.WorkerDto;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "workers",
        aliases = "worker",
        description = "Who does the jobs, and orders to them.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs workers list training",
            "  fleet jobs workers quiet training worker-1a2b3c4d"
        })
final class WorkersCommand {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    /** Which worker. */
    static final class Named {
        @Parameters(index = "0", paramLabel = "QUEUE")
        private String queue = "";

        @Parameters(index = "1", paramLabel = "WORKER")
        private String worker = "";
    }

    @Command(
            description = "Lists the workers that have reported within the last 15 s.",
            footer = {"", "Examples:", "  fleet jobs workers list", "  fleet jobs workers list training --json"})
    int list(
            @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
                    Optional<String> queue,
            @Mixin Format format) {
        return jobs.with(fleet -> {
            List<WorkerInfo> workers = Jobs.queues(fleet, queue).stream()
                    .flatMap(one -> one.workers().stream())
                    .toList();
            return format.write(
                    jobs.screen(),
                    () -> workers.stream().map(WorkerDto::of).toList(),
                    () -> jobs.screen().table(table(workers)));
        });
    }

    @Command(
            description = "It takes no more jobs; those it has go on.",
            footer = {"", "Example:", "  fleet jobs workers quiet training worker-1a2b3c4d"})
    int quiet(@Mixin Named named) {
        return order(named, WorkerState.QUIET, "is told to take no more jobs");
    }

    @Command(
            description = "A quiet worker takes jobs again.",
            footer = {"", "Example:", "  fleet jobs workers resume training worker-1a2b3c4d"})
    int resume(@Mixin Named named) {
        return order(named, WorkerState.RUNNING, "is told to take jobs again");
    }

    @Command(
            description = "It stops for good: has 10 s for its jobs and hands back the rest.",
            footer = {"", "Example:", "  fleet jobs workers terminate training worker-1a2b3c4d"})
    int terminate(@Mixin Named named) {
        return order(named, WorkerState.TERMINATING, "is told to stop");
    }

    private int order(Named named, WorkerState order, String told) {
        return jobs.with(fleet -> {
            fleet.jobs().queue(named.queue).order(named.worker, order);
            jobs.screen().line("worker " + named.queue + "/" + named.worker + " " + told);
            return ExitCode.DONE;
        });
    }

    private Table table(List<WorkerInfo> workers) {
        Instant now = jobs.clock().instant();
        Table table = Table.of("WORKER", "QUEUE", "STATE", "ACTIVE", "SINCE", "HOST", "TYPES");
        workers.forEach(worker -> table.row(
                worker.id(),
                worker.queue(),
                Words.of(worker.state()),
                worker.active().size() + "/" + worker.concurrency(),
                Spans.rough(Duration.between(worker.startedAt(), now)),
                worker.host(),
                String.join(" ", worker.types().stream().sorted().toList())));
        return table;
    }
}
