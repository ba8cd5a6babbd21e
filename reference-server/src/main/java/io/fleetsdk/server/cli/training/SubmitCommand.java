package io.fleetsdk.server.cli.training;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.server.cli.models.OutputFormat;
import io.fleetsdk.server.cli.models.StoreOptions;
import io.fleetsdk.storage.training.QueuedTraining;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "submit",
        description = "Submits a run and prints its id. Its dataset is read through before.",
        footer = {
            "",
            "Examples:",
            "  fleet training submit --trainer linear --dataset tape@1 --model so101 --parameters '{\"epochs\":50}' --wait",
            "  fleet training submit --task export --trainer linear --from run-1@25 --model so101"
        })
final class SubmitCommand implements Callable<Integer> {
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    @ParentCommand
    private TrainingCommand training = new TrainingCommand();

    @Option(names = "--task", paramLabel = "TASK", description = "finetune, evaluate or export. Default: finetune")
    private TrainingTask task = TrainingTask.FINETUNE;

    @Option(names = "--trainer", required = true, paramLabel = "NAME", description = "Who does it, such as linear")
    private String trainer = "";

    @Option(names = "--dataset", paramLabel = "NAME@VERSION")
    private Optional<String> dataset = Optional.empty();

    @Option(names = "--model", paramLabel = "NAME", description = "Under which the result is registered")
    private Optional<String> model = Optional.empty();

    @Option(names = "--for", paramLabel = "ROBOT", description = "A kind of robot it is for; may be repeated")
    private List<String> embodiments = List.of();

    @Option(names = "--parameters", paramLabel = "JSON", defaultValue = "{}", description = "The trainer's own")
    private String parameters = "";

    @Option(names = "--checkpoint-every", paramLabel = "EPOCHS", defaultValue = "5", description = "Default: 5")
    private int every;

    @Option(names = "--from", paramLabel = "RUN@EPOCH", description = "The checkpoint to begin with")
    private Optional<String> from = Optional.empty();

    @Option(names = "--id", paramLabel = "ID", description = "Your own id of the run. Default: random")
    private Optional<String> id = Optional.empty();

    @Option(names = "--wait", description = "Waits for its end and shows it")
    private boolean wait;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        TrainingRequest request = request();
        JobOptions.Builder options = JobOptions.builder();
        id.ifPresent(options::id);
        return training.with(fleet -> store.with(blobs -> {
            QueuedTraining queued = TrainingCommand.training(fleet, blobs, Optional.empty());
            JobId run = queued.submit(request, options.build()).id();
            training.screen().line(run.value());
            return wait ? untilEnd(fleet, queued, run) : TrainingCommand.DONE;
        }));
    }

    private TrainingRequest request() {
        JsonObject own = new JacksonCodec().decode(parameters.getBytes(StandardCharsets.UTF_8), JsonObject.class);
        return new TrainingRequest(
                task,
                trainer,
                dataset,
                model,
                new HashSet<>(embodiments),
                own,
                every,
                from.map(SubmitCommand::checkpoint));
    }

    private static CheckpointRef checkpoint(String text) {
        int at = text.lastIndexOf('@');
        try {
            return new CheckpointRef(
                    JobId.of(text.substring(0, Math.max(0, at))), Integer.parseInt(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new InvalidInputException("--from", text, "must be a run and an epoch such as run-1@25");
        }
    }

    private int untilEnd(Fleet fleet, QueuedTraining queued, JobId run) {
        JobState end = fleet.jobs()
                .queue(JobClient.TRAINING)
                .find(JobType.untyped(task.jobType()), run)
                .orElseThrow()
                .await(LONGEST_WAIT)
                .state();
        training.show(queued, run, format);
        return end == JobState.SUCCEEDED ? TrainingCommand.DONE : TrainingCommand.NOT_SUCCEEDED;
    }
}
