package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Uploads and downloads so many megabytes, as a file and as a stream, in whatever heap this JVM has. */
final class SmallHeapMain {
    private static final int MEGABYTE = 1024 * 1024;

    private SmallHeapMain() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[4]);
        Path file = write(directory.resolve("in"), Integer.parseInt(arguments[3]));
        S3Options options = S3Options.of(URI.create(arguments[0]), S3Credentials.keys(arguments[1], arguments[2]));
        try (S3BlobStore store = S3BlobStore.connect(options);
                InputStream stream = Files.newInputStream(file)) {
            BlobRef ref = BlobRef.of("faults", "large");
            Blob fromFile = store.upload(ref, BlobSource.of(file));
            Blob fromStream = store.upload(ref, BlobSource.of(stream));
            Blob down = store.download(ref, directory.resolve("out"));
            if (!fromFile.digest().equals(fromStream.digest()) || !down.digest().equals(fromFile.digest())) {
                throw new IllegalStateException(fromFile + " " + fromStream + " " + down);
            }
        }
    }

    private static Path write(Path file, int megabytes) throws IOException {
        byte[] megabyte = new byte[MEGABYTE];
        Random random = new Random(megabytes);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(megabyte);
                out.write(megabyte);
            }
        }
        return file;
    }
}
