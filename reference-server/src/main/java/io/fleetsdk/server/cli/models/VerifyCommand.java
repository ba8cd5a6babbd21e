package io.fleetsdk.server.cli.models;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.model.UntrustedModelException.Reason;
import io.fleetsdk.storage.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "verify",
        description = "Tells whether a version is signed by who is trusted, and whether a file is that version.",
        footer = {
            "",
            "Examples:",
            "  fleet model verify walker@champion --trust trusted-keys",
            "  fleet model verify walker:7 --trust-key UABC… --file walker.onnx"
        })
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "NAME:VERSION|NAME@ALIAS")
    private String name = "";

    @Mixin
    private TrustOptions trust = new TrustOptions();

    @Option(names = "--file", paramLabel = "FILE", description = "Is it this version's?")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() {
        ModelVerifier verifier = trust.verifier(model.clock());
        return model.with(fleet -> {
            ModelVersion version = Models.named(fleet, name);
            try {
                ModelSignature signature = verifier.verify(version);
                file.ifPresent(path -> requireSame(version, path));
                model.screen().line(version.ref() + " is signed by " + signature.key());
                return ModelCommand.DONE;
            } catch (UntrustedModelException e) {
                model.screen().line(e.getMessage());
                return ModelCommand.NOT_TRUSTED;
            }
        });
    }

    private static void requireSame(ModelVersion version, Path file) {
        try {
            Digest found = Digest.of(file);
            if (!found.equals(version.manifest().digest())) {
                String why = file + " is " + found + ", its manifest says "
                        + version.manifest().digest();
                throw new UntrustedModelException(version.ref(), Reason.OTHER_CONTENT, why);
            }
        } catch (IOException e) {
            throw new InvalidInputException("--file", file, "must be a readable file: " + e);
        }
    }
}
