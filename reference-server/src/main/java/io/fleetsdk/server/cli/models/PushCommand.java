package io.fleetsdk.server.cli.models;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.server.rest.ModelVersionDto;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.model.ModelPush;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "push",
        description = "Stores an ONNX file and publishes it as a version, signed where a key is given.",
        footer = {
            "",
            "Examples:",
            "  fleet model push walker walker.onnx --key release.nk --metric reward=7.5",
            "  fleet model push walker:12 walker.onnx --for unitree-g1 --dataset strolls@3 --expires 2027-01-31T00:00:00Z"
        })
final class PushCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "NAME[:VERSION]", description = "Without a version the next one is taken")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--for", paramLabel = "ROBOT", description = "A kind of robot it is for; may be repeated")
    private List<String> embodiments = List.of();

    @Option(names = "--metric", paramLabel = "NAME=NUMBER", description = "May be repeated")
    private Map<String, Double> metrics = Map.of();

    @Option(names = "--dataset", paramLabel = "NAME", description = "What it was trained on")
    private Optional<String> dataset = Optional.empty();

    @Option(names = "--job", paramLabel = "QUEUE/ID", description = "The job that made it")
    private Optional<String> job = Optional.empty();

    @Option(names = "--description", paramLabel = "TEXT")
    private Optional<String> description = Optional.empty();

    @Option(names = "--expires", paramLabel = "TIME", description = "From when on it is refused. Default: never")
    private Optional<String> expires = Optional.empty();

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) {
            throw new InvalidInputException("FILE", file, "must be a readable file");
        }
        ModelPush push = push();
        return model.with(fleet -> store.with(fleet, model.clock(), models -> {
            ModelVersion version = models.push(BlobSource.of(file), push);
            return format.write(
                    model.screen(),
                    () -> ModelVersionDto.of(version),
                    () -> VersionSheet.of(version).forEach(model.screen()::line));
        }));
    }

    private ModelPush push() {
        int colon = name.indexOf(':');
        ModelPush plain = colon < 0
                ? ModelPush.of(name)
                : ModelPush.of(name.substring(0, colon)).withVersion(ModelRef.number(name.substring(colon + 1)));
        ModelPush known = plain.withFacts(facts());
        ModelPush lasting =
                expires.map(PushCommand::time).map(known::withExpiry).orElse(known);
        return key.signer().map(lasting::withSigner).orElse(lasting);
    }

    private ModelFacts facts() {
        ModelFacts.Builder facts =
                ModelFacts.builder().embodiments(embodiments).metrics(metrics).publishedBy(ModelCommand.user());
        dataset.ifPresent(facts::dataset);
        description.ifPresent(facts::description);
        job.map(PushCommand::job).ifPresent(facts::trainingJob);
        return facts.build();
    }

    private static JobRef job(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new InvalidInputException("--job", text, "must be a queue and a job such as training/j1");
        }
        return new JobRef(text.substring(0, slash), JobId.of(text.substring(slash + 1)));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException("--expires", text, "must be a time such as 2027-01-31T00:00:00Z");
        }
    }
}
