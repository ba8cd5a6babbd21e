package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "submit",
        description = "Submits a job and prints its id.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs submit training finetune '{\"episode\": 1}'",
            "  fleet jobs submit training evaluate @episode.json --priority high --wait",
            "  jq .episode run.json | fleet jobs submit training export - --delay 10m"
        })
final class SubmitCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", paramLabel = "QUEUE", description = "Such as training")
    private String queue = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "Kind of work, such as finetune")
    private String type = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "INPUT",
            defaultValue = "{}",
            description = "JSON, @FILE, or - for standard input. Default: {}")
    private String input = "";

    @Mixin
    private JobWishes wishes = new JobWishes();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Your own id: submitting it again gives the job that is there. Default: random")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = SpanConverter.class,
            description = "Starts it so much later, such as 30s, 5m, PT30S")
    private Optional<Duration> delay = Optional.empty();

    @Option(names = "--run-at", paramLabel = "INSTANT", description = "Starts it at this time, as 2026-08-01T06:00:00Z")
    private Optional<Instant> runAt = Optional.empty();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = SpanConverter.class,
            description = "Gives it up when it has not ended so long from now")
    private Optional<Duration> deadline = Optional.empty();

    @Option(names = "--wait", description = "Follows it to its end and prints the result")
    private boolean wait;

    @Override
    public Integer call() {
        JobOptions options = options();
        JobType<Object, Object> kind = JobType.untyped(type);
        Object content = Input.read(input, System.in);
        return jobs.with(fleet -> {
            JobQueue target = fleet.jobs().queue(queue);
            JobHandle<Object> handle = target.submit(kind, content, options);
            jobs.screen().line(handle.id().value());
            return wait ? untilEnd(target, handle) : ExitCode.DONE;
        });
    }

    private JobOptions options() {
        JobOptions.Builder options = wishes.options();
        id.ifPresent(options::id);
        delay.ifPresent(options::delay);
        runAt.ifPresent(options::runAt);
        deadline.ifPresent(time -> options.deadline(jobs.clock().instant().plus(time)));
        return options.build();
    }

    private int untilEnd(JobQueue target, JobHandle<Object> handle) {
        Job end = new JobWatch(target, handle.id(), jobs.screen().follow(), jobs.clock()).untilEnd();
        return Endings.report(end, jobs.screen());
    }
}
