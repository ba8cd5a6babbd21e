package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Background work: what all its commands share. */
@Command(
        name = "jobs",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Background work in queues: submit, look, follow, cancel, try again.",
        subcommands = {
            SubmitCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            DeadCommand.class,
            QueuesCommand.class,
            WorkersCommand.class,
            SchedulesCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the job that was waited for did not succeed",
            "2:wrong use, or the job's state forbids it; named in one line",
            "3:the broker cannot be reached or did not answer"
        })
public final class JobsCommand {
    @Option(
            names = "--nats",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "nats://127.0.0.1:4222",
            description = "The broker. Default: ${DEFAULT-VALUE}")
    private String url = "";

    @Option(names = "--credentials", scope = ScopeType.INHERIT, paramLabel = "FILE", description = "A .creds file")
    private Optional<Path> credentials = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            description = "No job of the queue starts until it is resumed; running ones go on.",
            footer = {"", "Example:", "  fleet jobs pause training"})
    int pause(@Parameters(paramLabel = "QUEUE") String queue) {
        return change(queue, "is paused", JobQueue::pause);
    }

    @Command(
            description = "Jobs of a paused queue start again.",
            footer = {"", "Example:", "  fleet jobs resume training"})
    int resume(@Parameters(paramLabel = "QUEUE") String queue) {
        return change(queue, "is resumed", JobQueue::resume);
    }

    private int change(String queue, String done, Consumer<JobQueue> change) {
        return with(fleet -> {
            change.accept(fleet.jobs().queue(queue));
            screen().line(queue + " " + done);
            return ExitCode.DONE;
        });
    }

    /** Connects for as long as the action takes; its answer is the exit code. */
    int with(ToIntFunction<Fleet> action) {
        try (Fleet fleet = NatsFleet.connect(broker())) {
            return action.applyAsInt(fleet);
        }
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    Screen screen() {
        return new Screen(out(), Terminal.of(System.getenv()));
    }

    private NatsOptions broker() {
        return NatsOptions.builder()
                .server(url)
                .name("fleet-jobs")
                .credentials(credentials.map(NatsCredentials::file).orElse(NatsCredentials.none()))
                .build();
    }
}
