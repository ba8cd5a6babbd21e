package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.UntrustedModelException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "pull",
        description =
                "Fetches a version's file, if it is signed by who is trusted. The file appears whole or not at all.",
        footer = {"", "Example:", "  fleet model pull walker@champion walker.onnx --trust trusted-keys"})
final class PullCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "NAME:VERSION|NAME@ALIAS")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Replaced where it is there already")
    private Path file = Path.of("");

    @Mixin
    private TrustOptions trust = new TrustOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() {
        ModelVerifier verifier = trust.verifier(model.clock());
        return model.with(fleet -> {
            ModelRef ref = Models.named(fleet, name).ref();
            return store.with(fleet, model.clock(), models -> {
                try {
                    models.download(ref, file.toAbsolutePath(), verifier);
                    model.screen().line(ref + " is in " + file);
                    return ModelCommand.DONE;
                } catch (UntrustedModelException e) {
                    model.screen().line(e.getMessage());
                    return ModelCommand.NOT_TRUSTED;
                }
            });
        });
    }
}
