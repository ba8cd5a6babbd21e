package io.fleetsdk.server.cli.models;

import io.fleetsdk.nats.ModelKeys;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "keygen",
        description = "Makes a key to sign with: the secret half goes into a new file, the public one is printed.",
        footer = {"", "Example:", "  fleet model keygen release.nk >> trusted-keys"})
final class KeygenCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "FILE", description = "Must not be there yet; only its owner may read it")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        model.screen().line(ModelKeys.generate(file));
        return ModelCommand.DONE;
    }
}
