package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.server.rest.JobDto;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "show",
        description = "Shows all of one job: times, attempts with their errors, input, result, children.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs show training export-7",
            "  fleet jobs show training export-7 --json | jq .result"
        })
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", paramLabel = "QUEUE")
    private String queue = "";

    @Parameters(index = "1", paramLabel = "ID")
    private String id = "";

    @Mixin
    private Format format = new Format();

    @Override
    public Integer call() {
        return jobs.with(fleet -> {
            Job job = Jobs.job(fleet, queue, id);
            return format.write(jobs.screen(), () -> JobDto.of(job), () -> print(job, fleet));
        });
    }

    private void print(Job job, Fleet fleet) {
        Screen screen = jobs.screen();
        JobSheet.of(job, jobs.clock().instant()).forEach(screen::line);
        children(job.children(), fleet).forEach(screen::line);
    }

    private static List<String> children(List<JobRef> children, Fleet fleet) {
        return children.stream()
                .map(child -> "child      " + child + "  "
                        + fleet.jobs()
                                .job(child)
                                .map(job -> Words.of(job.state()))
                                .orElse("no longer kept"))
                .toList();
    }
}
