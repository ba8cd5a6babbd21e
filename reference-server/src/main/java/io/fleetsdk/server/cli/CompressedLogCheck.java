package io.fleetsdk.server.cli;

import io.fleetsdk.server.cli.logs.LogWorkerMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Looks at the newest job that the demo's worker has done, and at the file it has made. */
final class CompressedLogCheck {
    private static final String JOBS =
            "jobs?queue=" + LogWorkerMain.QUEUE + "&type=" + LogWorkerMain.COMPRESS + "&state=SUCCEEDED&limit=1";
    private static final String ENDING = ".gz";

    private final ServerClient server;
    private final Path directory;

    CompressedLogCheck(ServerClient server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    boolean holds() {
        return server.list(JOBS).stream()
                .map(job -> job.object("result").flatMap(result -> result.string("file")))
                .flatMap(Optional::stream)
                .anyMatch(this::isWhole);
    }

    private boolean isWhole(String file) {
        Path original = directory.resolve(file.substring(0, file.length() - ENDING.length()));
        try (InputStream decompressed = new GZIPInputStream(Files.newInputStream(directory.resolve(file)))) {
            byte[] recorded = Files.readAllBytes(original);
            return recorded.length > 0 && Arrays.equals(recorded, decompressed.readAllBytes());
        } catch (IOException e) {
            throw DemoException.failure(file + " cannot be compared: " + e.getMessage());
        }
    }
}
