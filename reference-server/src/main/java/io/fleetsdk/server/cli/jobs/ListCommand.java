package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobState;
import io.fleetsdk.server.rest.JobDto;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "list",
        description = "Lists jobs, newest first.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs list",
            "  fleet jobs list training --state running --state retrying",
            "  fleet jobs list training --type finetune --limit 1000 --json | jq '.[].id'"
        })
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
    private Optional<String> queue = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = {
                "waiting, delayed, blocked, running, retrying, succeeded, failed, cancelled, discarded or expired;",
                "again for more. Default: all"
            })
    private Set<JobState> states = Set.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this kind of work only")
    private Optional<String> type = Optional.empty();

    @Option(names = "--tenant", paramLabel = "NAME", description = "Of this tenant only")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "30",
            description = "1 to 1000. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Mixin
    private Format format = new Format();

    @Override
    public Integer call() {
        JobQuery query = new JobQuery(states, type, tenant, limit);
        return jobs.with(fleet -> {
            List<Job> found = found(fleet, query);
            return format.write(
                    jobs.screen(),
                    () -> found.stream().map(JobDto::brief).toList(),
                    () -> jobs.screen().table(table(found)));
        });
    }

    private List<Job> found(Fleet fleet, JobQuery query) {
        return Jobs.queues(fleet, queue).stream()
                .flatMap(one -> one.list(query).stream())
                .sorted(Comparator.comparing(Job::submittedAt).reversed())
                .limit(query.limit())
                .toList();
    }

    private Table table(List<Job> found) {
        Instant now = jobs.clock().instant();
        Table table = Table.of(queue.isPresent() ? "ID" : "QUEUE/ID", "TYPE", "STATE", "TRY", "AGE", "NOTE");
        found.forEach(job -> table.row(
                queue.isPresent() ? job.ref().id() : job.ref(),
                job.type(),
                Words.of(job.state()),
                Words.attempt(job),
                Spans.rough(Duration.between(job.submittedAt(), now)),
                Words.note(job, now)));
        return table;
    }
}
