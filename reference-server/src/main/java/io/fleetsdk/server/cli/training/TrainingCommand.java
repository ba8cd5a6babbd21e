package io.fleetsdk.server.cli.training;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.server.cli.jobs.Screen;
import io.fleetsdk.server.cli.jobs.Table;
import io.fleetsdk.server.cli.jobs.Terminal;
import io.fleetsdk.server.cli.models.OutputFormat;
import io.fleetsdk.server.cli.models.StoreOptions;
import io.fleetsdk.server.rest.TrainingRunDto;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.dataset.DatasetManifest;
import io.fleetsdk.storage.dataset.DatasetRef;
import io.fleetsdk.storage.dataset.DatasetStore;
import io.fleetsdk.storage.training.QueuedTraining;
import io.fleetsdk.storage.training.StoredTraining;
import io.fleetsdk.training.TrainingRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Training: what all its commands share. */
@Command(
        name = "training",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Training: datasets, runs, and workers that do them.",
        subcommands = {SubmitCommand.class, WorkCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the run that was waited for did not succeed",
            "2:wrong use, or the run's state forbids it; named in one line",
            "3:the broker or the store cannot be reached or did not answer"
        })
public final class TrainingCommand {
    static final int DONE = 0;
    static final int NOT_SUCCEEDED = 1;

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
            description = "Keeps a directory in the LeRobot format as a version of a dataset.",
            footer = {"", "Example:", "  fleet training upload pick-place@1 recordings/pick_place"})
    int upload(
            @Parameters(paramLabel = "NAME@VERSION") String dataset,
            @Parameters(paramLabel = "DIRECTORY") Path directory,
            @Mixin StoreOptions store) {
        DatasetRef ref = DatasetRef.parse(dataset);
        return store.with(blobs -> {
            DatasetManifest manifest = new DatasetStore(blobs).upload(ref, directory);
            screen().line("%s: %d episodes, %d frames, %d files"
                    .formatted(
                            ref,
                            manifest.episodes(),
                            manifest.frames(),
                            manifest.files().size()));
            return DONE;
        });
    }

    @Command(
            description = "Lists the newest runs.",
            footer = {"", "Example:", "  fleet training list --limit 5"})
    int list(
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "1 to 200. Default: 20")
                    int limit,
            @Mixin OutputFormat format) {
        return with(fleet -> {
            List<TrainingRun> runs = QueuedTraining.withoutStores(fleet).list(limit);
            return format.write(
                    screen(), () -> runs.stream().map(TrainingRunDto::of).toList(), () -> screen().table(table(runs)));
        });
    }

    private static Table table(List<TrainingRun> runs) {
        Table table = Table.of("RUN", "TASK", "MODEL", "STATE", "DONE", "MESSAGE");
        for (TrainingRun run : runs) {
            table.row(
                    run.id(),
                    run.request().task().jobType(),
                    run.request().model().orElse("-"),
                    run.state(),
                    Math.round(run.fraction() * 100) + "%",
                    run.message());
        }
        return table;
    }

    @Command(
            description = "Shows a run with its loss, epoch by epoch.",
            footer = {"", "Example:", "  fleet training show run-1 --json"})
    int show(@Parameters(paramLabel = "RUN") String run, @Mixin OutputFormat format) {
        return with(fleet -> show(QueuedTraining.withoutStores(fleet), JobId.of(run), format));
    }

    int show(QueuedTraining training, JobId id, OutputFormat format) {
        TrainingRun run = training.find(id)
                .orElseThrow(() -> new NotFoundException("nothing of training run " + id + " is kept"));
        return format.write(
                screen(), () -> TrainingRunDto.of(run), () -> RunSheet.of(run).forEach(screen()::line));
    }

    @Command(
            description = "Ends a run; one at work stops within 2 s. Its checkpoints stay.",
            footer = {"", "Example:", "  fleet training cancel run-1"})
    int cancel(@Parameters(paramLabel = "RUN") String run) {
        return with(fleet -> {
            QueuedTraining.withoutStores(fleet).cancel(JobId.of(run));
            screen().line("training run " + run + " is told to stop");
            return DONE;
        });
    }

    @Command(
            description = "Goes on from the last checkpoint of a run that has ended, and prints the new run.",
            footer = {"", "Example:", "  fleet training resume run-1"})
    int resume(@Parameters(paramLabel = "RUN") String run, @Mixin StoreOptions store) {
        return with(fleet -> store.with(blobs -> {
            screen().line(training(fleet, blobs, Optional.empty())
                    .resume(JobId.of(run))
                    .id()
                    .value());
            return DONE;
        }));
    }

    /** Connects for as long as the action takes; its answer is the exit code. */
    int with(ToIntFunction<Fleet> action) {
        NatsOptions options = NatsOptions.builder()
                .server(url)
                .name("fleet-training")
                .credentials(credentials.map(NatsCredentials::file).orElse(NatsCredentials.none()))
                .build();
        try (Fleet fleet = NatsFleet.connect(options)) {
            return action.applyAsInt(fleet);
        }
    }

    static QueuedTraining training(Fleet fleet, BlobStore blobs, Optional<ModelSigner> signer) {
        return QueuedTraining.on(fleet, new StoredTraining(blobs, fleet.models(), signer, Clock.systemUTC()));
    }

    Screen screen() {
        return new Screen(spec.commandLine().getOut(), Terminal.of(System.getenv()));
    }
}
