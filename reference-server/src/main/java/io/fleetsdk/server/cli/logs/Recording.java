package io.fleetsdk.server.cli.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** A segment that is being written. */
final class Recording {
    private static final Duration LENGTH = Duration.ofSeconds(6);

    private final LogArchive archive;
    private final LogSegment segment;
    private final Instant end;
    private final OutputStream file;

    Recording(LogArchive archive, LogSegment segment, Instant begin) throws IOException {
        this.archive = archive;
        this.segment = segment;
        this.end = begin.plus(LENGTH);
        this.file = Files.newOutputStream(archive.file(segment, LogArchive.GROWING));
    }

    LogSegment segment() {
        return segment;
    }

    boolean isFull(Instant now) {
        return now.isAfter(end);
    }

    void write(byte[] line) throws IOException {
        file.write(line);
        file.write('\n');
    }

    /** From here on it is whole and does not change. */
    void complete() throws IOException {
        file.close();
        Files.move(
                archive.file(segment, LogArchive.GROWING),
                archive.file(segment, LogArchive.COMPLETE),
                StandardCopyOption.ATOMIC_MOVE);
    }
}
