package io.fleetsdk.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Content to upload. A file and bytes are read as often as it takes, so that an upload resumes after a cut. A stream can be read
 * once: it goes through a temporary file where it is larger than a few megabytes.
 */
public sealed interface BlobSource {
    /** A file, which must not change until it is uploaded. */
    static BlobSource of(Path file) {
        return new OfFile(file);
    }

    /** Bytes in memory. */
    static BlobSource of(byte[] bytes) {
        return new OfBytes(bytes.clone());
    }

    /** Text as UTF-8. */
    static BlobSource of(String text) {
        return new OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All that the stream still holds. Its owner closes it. */
    static BlobSource of(InputStream stream) {
        return new OfStream(stream);
    }

    /** The content from its beginning; of a stream, the stream itself. */
    InputStream open() throws IOException;

    /** A file. */
    record OfFile(Path file) implements BlobSource {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /** Bytes in memory. */
    record OfBytes(byte[] bytes) implements BlobSource {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /** A stream that is read once. */
    record OfStream(InputStream stream) implements BlobSource {
        @Override
        public InputStream open() {
            return stream;
        }
    }
}
