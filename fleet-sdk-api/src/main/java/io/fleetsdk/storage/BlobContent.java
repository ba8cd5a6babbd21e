package io.fleetsdk.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * An object being read. The stream resumes by itself after a cut connection, and fails with {@link io.fleetsdk.UnavailableException}
 * when the store stays away, or with {@link CorruptBlobException} at its end when the whole content was read and is not what was
 * stored. Not thread-safe. Close it.
 *
 * @param blob the object as it was when it was opened
 * @param stream the content, or the part of it that was asked for
 */
public record BlobContent(Blob blob, InputStream stream) implements AutoCloseable {
    /** All bytes, for content that is known to be small. */
    public byte[] readAll() {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go of the connection. */
    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
