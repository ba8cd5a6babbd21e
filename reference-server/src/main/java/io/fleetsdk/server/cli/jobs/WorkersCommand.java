package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.server.rest.QueueRoutes.WorkerDto;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "workers",
        description = "Lists the workers that have reported within the last 15 s.",
        footer = {"", "Examples:", "  fleet jobs workers", "  fleet jobs workers training --json"})
final class WorkersCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
    private Optional<String> queue = Optional.empty();

    @Mixin
    private Format format = new Format();

    @Override
    public Integer call() {
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
