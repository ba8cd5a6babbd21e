package io.fleetsdk.storage.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of one attempt; all of them go with it. */
final class AttemptDirectory implements AutoCloseable {
    private final Path root;

    private AttemptDirectory(Path root) {
        this.root = root;
    }

    static AttemptDirectory below(Path parent) throws IOException {
        Path root = Files.createTempDirectory(Files.createDirectories(parent), "training-");
        Files.createDirectory(root.resolve("dataset"));
        Files.createDirectory(root.resolve("work"));
        return new AttemptDirectory(root);
    }

    Path dataset() {
        return root.resolve("dataset");
    }

    Path work() {
        return root.resolve("work");
    }

    Path checkpoint() {
        return root.resolve("checkpoint");
    }

    Path log() {
        return root.resolve("log.gz");
    }

    @Override
    public void close() throws IOException {
        for (Path file : deepestFirst()) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
