package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One value kept on disk as JSON. After a crash at any point the file holds the value before or the value after a write.
 *
 * @param <T> what it is
 */
final class StateFile<T> {
    private final Path path;
    private final Class<T> type;
    private final JsonCodec json;

    StateFile(Path path, Class<T> type, JsonCodec json) {
        this.path = path;
        this.type = type;
        this.json = json;
    }

    /**
     * The value last written, if any was.
     *
     * @throws InvalidInputException if the file holds something else
     */
    Optional<T> read() throws IOException {
        try {
            return Optional.of(json.decode(Files.readAllBytes(path), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** On disk when this returns. */
    void write(T value) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(json.encode(value));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(false);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        Durable.directory(path);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
