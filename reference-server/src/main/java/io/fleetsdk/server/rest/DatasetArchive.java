package io.fleetsdk.server.rest;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.dataset.DatasetManifest;
import io.fleetsdk.storage.dataset.DatasetStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A dataset as a ZIP archive, which is written and read as it comes. */
final class DatasetArchive {
    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 256L << 30;
    private static final int CHUNK = 64 * 1024;

    private final Path directory;
    private int files;
    private long bytes;

    private DatasetArchive(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Unpacks into a directory that is empty.
     *
     * @throws InvalidInputException if it is no archive, names a file outside, or is too large when it is unpacked
     */
    static void unpack(InputStream archive, Path directory) throws IOException {
        DatasetArchive unpacked = new DatasetArchive(directory);
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                unpacked.take(entry, zip);
            }
        } catch (ZipException | EOFException e) {
            throw new InvalidInputException("body", String.valueOf(e.getMessage()), "must be a ZIP archive");
        }
        if (unpacked.files == 0) {
            throw new InvalidInputException("body", "no files", "must be a ZIP archive with the files of a dataset");
        }
    }

    /** Files that are packed are few and large, and mostly compressed already. */
    static void pack(DatasetManifest manifest, DatasetStore store, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(1);
            for (DatasetManifest.File file : manifest.files()) {
                zip.putNextEntry(new ZipEntry(file.path()));
                try (BlobContent content = store.open(manifest.ref(), file.path())) {
                    content.stream().transferTo(zip);
                }
            }
        }
    }

    private void take(ZipEntry entry, InputStream content) throws IOException {
        Path file = within(entry.getName());
        if (entry.isDirectory()) {
            return;
        }
        files++;
        if (files > MOST_FILES) {
            throw new InvalidInputException("body", "more than " + MOST_FILES + " files", "must be fewer");
        }
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(content, out);
        }
    }

    /** Counts what comes out, not what the archive says of itself. */
    private void copy(InputStream content, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            bytes += read;
            if (bytes > MOST_BYTES) {
                throw new InvalidInputException("body", "more than " + MOST_BYTES + " bytes unpacked", "must be less");
            }
            out.write(chunk, 0, read);
        }
    }

    private Path within(String name) {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory) || file.equals(directory)) {
            throw new InvalidInputException("body", name, "must name files within the dataset only");
        }
        return file;
    }
}
