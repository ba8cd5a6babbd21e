package io.fleetsdk.server.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes what the demo has written to a directory of its own. */
final class TemporaryDirectory extends SimpleFileVisitor<Path> {
    private TemporaryDirectory() {}

    static Path create() throws IOException {
        return Files.createTempDirectory("fleet-demo-");
    }

    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new TemporaryDirectory());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        Files.delete(visited);
        return FileVisitResult.CONTINUE;
    }
}
