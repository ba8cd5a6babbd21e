package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "sign",
        description = "Signs a version's manifest, so that it may be used by who trusts the key.",
        footer = {"", "Example:", "  fleet model sign walker:7 --key release.nk"})
final class SignCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "NAME:VERSION")
    private String name = "";

    @Mixin
    private KeyOptions key = new KeyOptions();

    @Override
    public Integer call() {
        ModelSigner signer = key.required();
        return model.with(fleet -> {
            ModelVersion version = Models.named(fleet, name);
            fleet.models().sign(version.ref(), signer.sign(version.manifest()));
            model.screen().line(version.ref() + " is signed by " + signer.key());
            return ModelCommand.DONE;
        });
    }
}
