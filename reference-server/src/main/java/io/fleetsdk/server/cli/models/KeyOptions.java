package io.fleetsdk.server.cli.models;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.nats.ModelKeys;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The secret key to sign with: in a file, or its seed in the environment; never on the command line. */
public final class KeyOptions {
    private static final String SEED = "FLEET_MODEL_SEED";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The key to sign with, a file of fleet model keygen. Default: the seed in " + SEED)
    private Optional<Path> file = Optional.empty();

    /** Empty where none is given. */
    public Optional<ModelSigner> signer() {
        return file.map(ModelKeys::signer)
                .or(() -> Optional.ofNullable(System.getenv(SEED)).map(seed -> ModelKeys.signer(seed.toCharArray())));
    }

    /**
     * @throws InvalidInputException if none is given
     */
    ModelSigner required() {
        return signer().orElseThrow(
                        () -> new InvalidInputException("--key", "none", "must be given, or " + SEED + " be set"));
    }
}
