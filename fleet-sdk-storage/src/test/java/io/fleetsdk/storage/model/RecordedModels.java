package io.fleetsdk.storage.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real models that lie beside the repository on some machines. */
final class RecordedModels {
    private static final Path DIRECTORY = Path.of("../../shared/data/models");

    private RecordedModels() {}

    static Path named(String name) {
        Path file = DIRECTORY.resolve(name);
        assumeTrue(Files.exists(file), () -> "needs the recorded model " + file.normalize());
        return file;
    }
}
