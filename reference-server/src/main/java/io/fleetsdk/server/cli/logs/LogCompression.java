package io.fleetsdk.server.cli.logs;

import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses a segment. The output is put in its place when it is whole: so it does no harm that the job may run twice, even at the
 * same time.
 */
final class LogCompression implements JobHandler<LogSegment, CompressedLog> {
    private static final int CHUNK = 1024;
    private static final int KILO = 1000;

    private final LogArchive archive;
    private final Clock clock;
    private final Duration pace;

    /**
     * @param pace what a segment takes at least
     */
    LogCompression(LogArchive archive, Clock clock, Duration pace) {
        this.archive = archive;
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    public CompressedLog handle(LogSegment wanted, JobContext context) throws IOException, InterruptedException {
        LogSegment segment = archive.complete(wanted);
        Path source = archive.file(segment, LogArchive.COMPLETE);
        Path target = archive.file(segment, LogArchive.COMPRESSED);
        Path draft = archive.draft();
        try {
            String sha256 = compress(source, draft, context);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return CompressedLog.of(target.getFileName().toString(), Files.size(source), Files.size(target), sha256);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private String compress(Path source, Path target, JobContext context) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        CountDownLatch stop = new CountDownLatch(1);
        context.onCancel(stop::countDown);
        Pace steps = new Pace(clock, pace, stop);
        long size = Files.size(source);
        long done = 0;
        try (InputStream in = Files.newInputStream(source);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                digest.update(chunk);
                out.write(chunk);
                done += chunk.length;
                double fraction = Math.min(1, (double) done / size);
                context.progress(fraction, "%d of %d kB".formatted(done / KILO, size / KILO));
                steps.keep(fraction);
                context.throwIfCancelled();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
