package io.fleetsdk.edge;

import io.fleetsdk.ConflictException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/** Keeps a second agent of the same robot from the first one's files. The system frees a lock with the process. */
final class FileLocks {
    private FileLocks() {}

    static void lock(FileChannel channel, Path file) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw inUse(file);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(file);
        }
    }

    private static ConflictException inUse(Path file) {
        return new ConflictException(file + " is in use: another agent runs for this robot");
    }
}
