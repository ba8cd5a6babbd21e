package io.fleetsdk.server.cli.models;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.nats.ModelKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The public keys that are trusted. */
final class TrustOptions {
    @Option(names = "--trust", paramLabel = "FILE", description = "Trusted public keys, one a line")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--trust-key", paramLabel = "KEY", description = "A trusted public key; may be repeated")
    private Set<String> keys = Set.of();

    /**
     * @throws InvalidInputException if nobody is trusted
     */
    ModelVerifier verifier(Clock clock) {
        if (keys.isEmpty()) {
            return file.map(path -> ModelKeys.trusting(path, clock))
                    .orElseThrow(() -> new InvalidInputException(
                            "--trust", "none", "must name a file of trusted keys, or --trust-key one of them"));
        }
        if (file.isPresent()) {
            throw new InvalidInputException("--trust", file.get(), "must be given alone, or --trust-key alone");
        }
        return ModelKeys.trusting(keys, clock);
    }
}
