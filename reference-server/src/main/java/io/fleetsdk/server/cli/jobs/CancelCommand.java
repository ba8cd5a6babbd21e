package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "cancel",
        description = "Ends jobs that have not begun and tells running ones to stop, wherever they are.",
        footer = {"", "Examples:", "  fleet jobs cancel training export-7", "  fleet jobs cancel training $(cat ids)"})
final class CancelCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", paramLabel = "QUEUE")
    private String queue = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "ID")
    private List<String> ids = List.of();

    @Override
    public Integer call() {
        List<JobId> wanted = ids.stream().map(JobId::of).toList();
        return jobs.with(fleet -> {
            wanted.forEach(id -> cancel(fleet, id));
            return ExitCode.DONE;
        });
    }

    private void cancel(Fleet fleet, JobId id) {
        fleet.jobs().queue(queue).cancel(id);
        Job job = Jobs.job(fleet, queue, id.value());
        jobs.screen().line(job.ref() + " is " + (job.state().isFinal() ? Words.of(job.state()) : "told to stop"));
    }
}
