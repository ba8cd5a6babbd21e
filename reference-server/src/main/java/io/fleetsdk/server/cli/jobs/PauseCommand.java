package io.fleetsdk.server.cli.jobs;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "pause",
        description = "No job of the queue starts until it is resumed; running ones go on.",
        footer = {"", "Example:", "  fleet jobs pause training"})
final class PauseCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", paramLabel = "QUEUE")
    private String queue = "";

    @Override
    public Integer call() {
        return jobs.with(fleet -> {
            fleet.jobs().queue(queue).pause();
            jobs.screen().line(queue + " is paused");
            return ExitCode.DONE;
        });
    }
}
