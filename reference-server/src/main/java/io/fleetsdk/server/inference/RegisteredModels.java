package io.fleetsdk.server.inference;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.storage.model.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of the registry, with their files in a directory of this machine. An alias that is moved is followed within a second.
 * Only versions that are signed by somebody trusted are fetched.
 */
public final class RegisteredModels implements ModelFiles {
    private static final String CHAMPION = "champion";
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);

    private final ModelRegistry registry;
    private final ModelStore store;
    private final ModelVerifier verifier;
    private final Path directory;
    private final Clock clock;
    private final ConcurrentHashMap<String, Found> aliases = new ConcurrentHashMap<>();

    private record Found(ModelRef ref, Instant at) {}

    public RegisteredModels(
            ModelRegistry registry, ModelStore store, ModelVerifier verifier, Path directory, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.verifier = verifier;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public ModelRef resolve(String model) {
        return model.contains(":") ? ModelRef.parse(model) : aliased(model);
    }

    /** Names that lead nowhere are not remembered: there are as many as anybody makes up. */
    private ModelRef aliased(String model) {
        Instant now = clock.instant();
        Found known = aliases.get(model);
        if (known != null && now.isBefore(known.at().plus(TRUSTED_FOR))) {
            return known.ref();
        }
        ModelRef ref = pointed(model);
        aliases.put(model, new Found(ref, now));
        return ref;
    }

    private ModelRef pointed(String model) {
        int at = model.indexOf('@');
        String name = at < 0 ? model : model.substring(0, at);
        String alias = at < 0 ? CHAMPION : model.substring(at + 1);
        return registry.find(name, alias)
                .map(ModelVersion::ref)
                .orElseThrow(() -> new NotFoundException("model " + name + " has no " + alias));
    }

    @Override
    public Path fetch(ModelRef model) {
        try {
            Path file = Files.createDirectories(directory).resolve(model.model() + "-" + model.version() + ".onnx");
            store.download(model, file, verifier);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("models cannot be kept in " + directory, e);
        }
    }
}
