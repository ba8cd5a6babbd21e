package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.JobId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "retry",
        description = "Puts a job that failed for good back into its queue, with all its attempts before it.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs retry training export-7",
            "All of a queue: fleet jobs dead retry training --all"
        })
final class RetryCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", paramLabel = "QUEUE")
    private String queue = "";

    @Parameters(index = "1", paramLabel = "ID")
    private String id = "";

    @Override
    public Integer call() {
        JobId wanted = JobId.of(id);
        return jobs.with(fleet -> {
            fleet.jobs().queue(queue).deadLetters().retry(wanted);
            jobs.screen().line(queue + "/" + id + " is in its queue again");
            return ExitCode.DONE;
        });
    }
}
