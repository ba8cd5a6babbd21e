package io.fleetsdk.edge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What it takes, beside syncing a file, until a new name is on disk. */
final class Durable {
    private Durable() {}

    /** Syncs the directory of a file just created or renamed. */
    static void directory(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
