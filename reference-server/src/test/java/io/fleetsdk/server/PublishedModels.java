package io.fleetsdk.server;

import io.fleetsdk.Fleet;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.nats.ModelKeys;
import io.fleetsdk.storage.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody who publishes versions of models, without their files. */
public record PublishedModels(Fleet fleet, ModelSigner signer) {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    /** With a key of its own. */
    public static PublishedModels of(Fleet fleet) {
        try {
            Path directory = Files.createTempDirectory("model-key");
            Path key = directory.resolve("key");
            ModelKeys.generate(key);
            ModelSigner signer = ModelKeys.signer(key);
            Files.delete(key);
            Files.delete(directory);
            return new PublishedModels(fleet, signer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ModelVersion signed(String model, long version, ModelFacts facts) {
        ModelManifest manifest = manifest(model, version, Optional.empty());
        return fleet.models().publish(manifest, facts, List.of(signer.sign(manifest)));
    }

    public ModelVersion unsigned(String model, long version) {
        ModelManifest manifest = manifest(model, version, Optional.of(NOON.plusSeconds(1_000_000_000)));
        return fleet.models().publish(manifest, ModelFacts.builder().build(), List.of());
    }

    private static ModelManifest manifest(String model, long version, Optional<Instant> expires) {
        Digest digest = new Digest(String.format("%064x", version));
        return ModelManifest.of(new ModelRef(model, version), digest, 1_000, NOON.plusSeconds(version), expires);
    }
}
