package io.fleetsdk.storage.internal;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Content that can be read in parts and again, with its digest. Stores want both before they take the first byte: the digest goes
 * with the object's metadata, and a part that was cut off is sent again. So a stream of some size goes through a temporary file.
 */
public sealed interface LocalContent extends AutoCloseable {
    /** What is kept in memory of a stream before a file is used. */
    int MOST_IN_MEMORY = 1024 * 1024;

    /**
     * @throws InvalidInputException if there is no such file, or if the content is not of the digest expected
     */
    static LocalContent of(BlobSource source, Optional<Digest> expected) throws IOException {
        LocalContent content = of(source);
        if (expected.isPresent() && !expected.get().equals(content.digest())) {
            try (content) {
                throw new InvalidInputException(
                        "digest", expected.get(), "must be that of the content, " + content.digest());
            }
        }
        return content;
    }

    private static LocalContent of(BlobSource source) throws IOException {
        if (source instanceof BlobSource.OfFile file) {
            return InFile.given(file.file());
        }
        if (source instanceof BlobSource.OfBytes bytes) {
            return new InMemory(bytes.bytes(), Digest.of(bytes.bytes()));
        }
        InputStream stream = source.open();
        byte[] beginning = stream.readNBytes(MOST_IN_MEMORY);
        return beginning.length < MOST_IN_MEMORY
                ? new InMemory(beginning, Digest.of(beginning))
                : InFile.spooled(beginning, stream);
    }

    long size();

    Digest digest();

    /** As often as it takes. */
    BlobSource again();

    /** A part of it, from its beginning, as often as it takes. */
    InputStream open(long offset, long length) throws IOException;

    /**
     * @throws InvalidInputException if it is not what it was when its digest was taken
     */
    void checkUnchanged() throws IOException;

    @Override
    void close() throws IOException;

    /** Bytes in memory. */
    record InMemory(byte[] bytes, Digest digest) implements LocalContent {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public BlobSource again() {
            return BlobSource.of(bytes);
        }

        @Override
        public InputStream open(long offset, long length) {
            return new ByteArrayInputStream(bytes, (int) offset, (int) length);
        }

        @Override
        public void checkUnchanged() {}

        @Override
        public void close() {}
    }

    /** A file: the user's, which stays, or a temporary one. */
    record InFile(Path file, long size, Digest digest, FileTime modified, Owner owner) implements LocalContent {
        private enum Owner {
            USER,
            SDK
        }

        static InFile given(Path file) throws IOException {
            try {
                FileTime modified = Files.getLastModifiedTime(file);
                long size = Files.size(file);
                return new InFile(file, size, Digest.of(file), modified, Owner.USER);
            } catch (NoSuchFileException e) {
                throw new InvalidInputException("content", file, "must be a file that exists");
            }
        }

        static InFile spooled(byte[] beginning, InputStream rest) throws IOException {
            Path file = Files.createTempFile("fleet-upload-", "");
            try {
                Digest digest = spool(beginning, rest, file);
                return new InFile(file, Files.size(file), digest, Files.getLastModifiedTime(file), Owner.SDK);
            } catch (IOException | RuntimeException e) {
                Files.delete(file);
                throw e;
            }
        }

        private static Digest spool(byte[] beginning, InputStream rest, Path file) throws IOException {
            MessageDigest sha256 = Digest.sha256();
            sha256.update(beginning);
            try (var out = Files.newOutputStream(file)) {
                out.write(beginning);
                new DigestInputStream(rest, sha256).transferTo(out);
            }
            return Digest.finished(sha256);
        }

        @Override
        public BlobSource again() {
            return BlobSource.of(file);
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            FileChannel channel = FileChannel.open(file).position(offset);
            return new LimitedStream(Channels.newInputStream(channel), length);
        }

        @Override
        public void checkUnchanged() throws IOException {
            if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
                throw new InvalidInputException("content", file, "must not change while it is uploaded");
            }
        }

        @Override
        public void close() throws IOException {
            if (owner == Owner.SDK) {
                Files.deleteIfExists(file);
            }
        }
    }
}
