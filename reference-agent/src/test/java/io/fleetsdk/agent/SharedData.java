package io.fleetsdk.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real input that lies beside the checkout, not in it. */
public final class SharedData {
    private SharedData() {}

    /** The file, or the calling test is skipped. */
    public static Path file(String name) {
        Path file = Path.of("..", "..", "shared", "data").resolve(name);
        assumeTrue(Files.exists(file), "skipped: " + file + " is not there; it holds real recordings");
        return file;
    }
}
