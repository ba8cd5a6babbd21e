package io.fleetsdk.storage.internal;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts an object into a file: into one beside it first, which gets the name once it is whole. */
public final class FileDownload {
    private static final int CHUNK = 128 * 1024;

    private final Path file;
    private final TransferProgress progress;

    public FileDownload(Path file, TransferProgress progress) {
        this.file = file.toAbsolutePath();
        this.progress = progress;
    }

    /**
     * @throws UnavailableException if the file cannot be written
     */
    public Blob of(BlobContent content) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            Path part = Files.createTempFile(file.resolveSibling("."), ".fleet-", ".part");
            try {
                write(content, part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return content.blob();
        } catch (IOException e) {
            throw new UnavailableException(content.blob().ref() + " could not be written to " + file + ": " + e, e);
        }
    }

    private void write(BlobContent content, Path part) throws IOException {
        long size = content.blob().size();
        long written = 0;
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(part)) {
            InputStream in = content.stream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
                written += read;
                progress.transferred(written, size);
            }
        }
        if (size == 0) {
            progress.transferred(0, 0);
        }
    }
}
