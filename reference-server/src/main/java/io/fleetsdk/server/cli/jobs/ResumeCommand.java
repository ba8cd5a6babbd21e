package io.fleetsdk.server.cli.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "resume",
        description = "Jobs of a paused queue start again.",
        footer = {"", "Example:", "  fleet jobs resume training"})
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", paramLabel = "QUEUE")
    private String queue = "";

    @Override
    public Integer call() {
        return jobs.with(fleet -> {
            fleet.jobs().queue(queue).resume();
            jobs.screen().line(queue + " is resumed");
            return ExitCode.DONE;
        });
    }
}
