package io.fleetsdk.storage.archive;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What robots leave behind, compressed with gzip, by robot and day in UTC: {@code RB-1/2026-01-31/motor-2026-01-31T12-00-00-000Z.log.gz}.
 * Thread-safe; failures are those of {@link BlobStore}.
 */
public final class RobotArchive {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

    private final BlobStore store;
    private final String bucket;
    private final String suffix;

    private RobotArchive(BlobStore store, String bucket, String suffix) {
        this.store = store;
        this.bucket = bucket;
        this.suffix = suffix;
    }

    /** Logs, in the bucket {@link StorageLayout#LOGS}. */
    public static RobotArchive ofLogs(BlobStore store) {
        return new RobotArchive(store, StorageLayout.LOGS, ".log.gz");
    }

    /** Telemetry as lines of JSON, in the bucket {@link StorageLayout#TELEMETRY}. */
    public static RobotArchive ofTelemetry(BlobStore store) {
        return new RobotArchive(store, StorageLayout.TELEMETRY, ".jsonl.gz");
    }

    /**
     * Compresses and keeps. The same kind at the same millisecond is replaced, so that keeping it again does no harm.
     *
     * @param kind one token, such as {@code motor}
     * @param time of its beginning
     */
    public Blob keep(RobotId robot, String kind, Instant time, BlobSource content) {
        try {
            Path compressed = Files.createTempFile("fleet-archive-", ".gz");
            try {
                compress(content, compressed);
                return keepCompressed(robot, kind, time, compressed);
            } finally {
                Files.deleteIfExists(compressed);
            }
        } catch (IOException e) {
            throw new UnavailableException(kind + " of " + robot + " could not be compressed: " + e, e);
        }
    }

    /** As {@link #keep}, of a file that is compressed with gzip already. */
    public Blob keepCompressed(RobotId robot, String kind, Instant time, Path gzip) {
        UploadOptions options = UploadOptions.builder()
                .contentType("application/gzip")
                .metadata("robot-id", robot.value())
                .metadata("kind", Require.token("kind", kind))
                .metadata("time", time.toString())
                .build();
        return store.upload(ref(robot, kind, time), BlobSource.of(gzip), options);
    }

    /** All of a robot and day. */
    public Stream<BlobEntry> list(RobotId robot, LocalDate day) {
        return store.list(bucket, robot.value() + "/" + day + "/");
    }

    /** Reads one, decompressed. */
    public InputStream open(BlobRef ref) {
        BlobContent content = store.open(ref);
        try {
            return new GZIPInputStream(content.stream());
        } catch (IOException e) {
            content.close();
            throw new UnavailableException(ref + " is not compressed with gzip: " + e, e);
        }
    }

    private BlobRef ref(RobotId robot, String kind, Instant time) {
        LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        return BlobRef.of(bucket, robot.value() + "/" + day + "/" + kind + "-" + TIME.format(time) + suffix);
    }

    private static void compress(BlobSource content, Path target) throws IOException {
        try (InputStream in = content.open();
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
            in.transferTo(out);
        }
    }
}
