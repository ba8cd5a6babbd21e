package io.fleetsdk.server.cli.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.server.cli.models.KeyOptions;
import io.fleetsdk.server.cli.models.StoreOptions;
import io.fleetsdk.server.training.LinearTrainer;
import io.fleetsdk.storage.training.ProcessTrainer;
import io.fleetsdk.storage.training.TrainingWorkerOptions;
import io.fleetsdk.training.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "work",
        description = "Does runs until it is stopped: with the trainer linear, and with programs.",
        footer = {
            "",
            "Examples:",
            "  fleet training work --key release.nk",
            "  fleet training work --program act='python3 /opt/train/act.py' --directory /scratch --key release.nk"
        })
final class WorkCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(WorkCommand.class);

    @ParentCommand
    private TrainingCommand training = new TrainingCommand();

    @Option(
            names = "--program",
            paramLabel = "NAME=COMMAND",
            description = "A trainer that is a program, its arguments separated by spaces; may be repeated")
    private Map<String, String> programs = Map.of();

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where runs have their files while they last. Default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("");

    @Option(names = "--concurrency", paramLabel = "N", defaultValue = "1", description = "Runs at once. Default: 1")
    private int concurrency;

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        TrainingWorkerOptions options =
                TrainingWorkerOptions.of(directory, trainers()).withConcurrency(concurrency);
        return training.with(fleet -> store.with(blobs -> {
            try (JobWorker worker =
                    TrainingCommand.training(fleet, blobs, key.signer()).start(options)) {
                Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "training-stop"));
                training.screen()
                        .line("training worker " + worker.id() + " with "
                                + options.trainers().keySet());
                untilInterrupted();
                return TrainingCommand.DONE;
            }
        }));
    }

    private Trainer[] trainers() {
        List<Trainer> trainers = new ArrayList<>(List.of(new LinearTrainer()));
        programs.forEach((name, command) ->
                trainers.add(ProcessTrainer.builder(name, words(command)).build()));
        return trainers.toArray(Trainer[]::new);
    }

    private static List<String> words(String command) {
        if (command.isBlank()) {
            throw new InvalidInputException("--program", command, "must be a program and its arguments");
        }
        return List.of(command.strip().split("\\s+"));
    }

    /** An interrupt is the order to stop; it is obeyed by what follows, which must not be interrupted. */
    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            log.debug("told to stop", e);
        }
    }
}
