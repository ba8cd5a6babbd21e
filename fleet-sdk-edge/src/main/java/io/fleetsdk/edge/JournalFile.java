package io.fleetsdk.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines of text, each with its checksum, only ever appended. A line that a crash left half-written is cut off at the next
 * opening; a line damaged on disk is left out with a warning. Not thread-safe.
 */
final class JournalFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);
    private static final int CHECKSUM_CHARACTERS = 8;
    private static final int FREE_BYTES = 1024 * 1024;
    private static final int PREFIX = CHECKSUM_CHARACTERS + 1;

    private final Path path;
    private final FileChannel lock;
    private FileChannel channel;
    private long worthReplacingAt;

    private JournalFile(Path path, FileChannel lock, FileChannel channel) throws IOException {
        this.path = path;
        this.lock = lock;
        this.channel = channel;
        this.worthReplacingAt = threshold(channel.size());
    }

    /** A journal and what it held when it was opened, oldest first. */
    record Opened(JournalFile file, List<byte[]> lines) {}

    /**
     * @throws io.fleetsdk.ConflictException if another process has it open
     */
    static Opened open(Path path) throws IOException {
        FileChannel lock = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLocks.lock(lock, path);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            byte[] content = Files.readAllBytes(path);
            int end = endOfLastLine(content);
            channel.truncate(end);
            channel.position(end);
            List<byte[]> lines = lines(path, content, end);
            return new Opened(new JournalFile(path, lock, channel), lines);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether it has more than doubled since it was opened or replaced. */
    boolean isWorthReplacing() throws IOException {
        return channel.position() > worthReplacingAt;
    }

    /** Appends a line that may be lost when the machine loses power. */
    void append(byte[] text) throws IOException {
        long end = channel.position();
        try {
            write(channel, framed(text));
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** Appends a line that is on disk when this returns. */
    void appendDurably(byte[] text) throws IOException {
        long end = channel.position();
        append(text);
        try {
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** Puts other lines in the place of all: after a crash the file has either the old ones or the new ones. */
    void replace(List<byte[]> texts) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        FileChannel fresh = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] text : texts) {
                all.writeBytes(framed(text));
            }
            write(fresh, all.toByteArray());
            fresh.force(false);
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        channel.close();
        channel = fresh;
        worthReplacingAt = threshold(channel.size());
        Durable.directory(path);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            channel.close();
        }
    }

    private static long threshold(long bytes) {
        return 2 * bytes + FREE_BYTES;
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static byte[] framed(byte[] text) {
        byte[] line = new byte[PREFIX + text.length + 1];
        byte[] checksum = checksum(text).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, line, 0, CHECKSUM_CHARACTERS);
        line[CHECKSUM_CHARACTERS] = ' ';
        System.arraycopy(text, 0, line, PREFIX, text.length);
        line[line.length - 1] = '\n';
        return line;
    }

    private static int endOfLastLine(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<byte[]> lines(Path path, byte[] content, int end) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < end; i++) {
            if (content[i] == '\n') {
                byte[] line = Arrays.copyOfRange(content, start, i);
                if (isWhole(line)) {
                    lines.add(Arrays.copyOfRange(line, PREFIX, line.length));
                } else {
                    log.warn("{}: left out {} damaged bytes at offset {}", path, line.length, start);
                }
                start = i + 1;
            }
        }
        return lines;
    }

    private static boolean isWhole(byte[] line) {
        return line.length >= PREFIX
                && checksum(Arrays.copyOfRange(line, PREFIX, line.length))
                        .equals(new String(line, 0, CHECKSUM_CHARACTERS, StandardCharsets.US_ASCII));
    }

    private static String checksum(byte[] text) {
        CRC32 crc = new CRC32();
        crc.update(text);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
