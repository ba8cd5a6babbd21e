package io.fleetsdk.storage.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobSource.OfFile;
import io.fleetsdk.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * A model as a file, for it is read more than once.
 *
 * @param isOurs whether it goes with this object
 */
record ModelFile(Path path, Digest digest, long length, boolean isOurs) implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    /** The most that a file of ONNX has. */
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    /** A file is taken where it is; anything else is written into a temporary one. */
    static ModelFile of(BlobSource content) throws IOException {
        if (content instanceof OfFile file) {
            return new ModelFile(file.file(), Digest.of(file.file()), Files.size(file.file()), false);
        }
        Path temporary = Files.createTempFile("fleet-model", ".onnx");
        try (InputStream in = content.open()) {
            return written(in, temporary);
        } catch (IOException | RuntimeException e) {
            remove(temporary);
            throw e;
        }
    }

    private static ModelFile written(InputStream in, Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        long length = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                length += read;
                if (length > MOST_BYTES) {
                    throw new InvalidInputException(
                            "file", "more than " + MOST_BYTES + " bytes", "must be at most 2 GiB");
                }
                out.write(chunk, 0, read);
            }
        }
        return new ModelFile(file, Digest.finished(sha256), length, true);
    }

    @Override
    public void close() {
        if (isOurs) {
            remove(path);
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
