package io.fleetsdk.edge;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.link.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Message counters in a small mapped file. A number taken is in the operating system's hands at once, so the death of the
 * process, {@code kill -9} included, neither repeats nor skips one.
 *
 * <p>When the machine loses power, the newest numbers may not be on disk yet. So numbers are taken from ranges of
 * {@value #RANGE} whose end is on disk before the first of them is given out; after a restart of the machine without an
 * orderly close, counting goes on after that end. The numbers then skipped, at most {@value #RANGE} per type, look like lost
 * messages. Without the file, counting starts again at 1.
 *
 * <p>Thread-safe. One process per file: it is locked.
 */
public final class FileSequence implements Sequence, AutoCloseable {
    static final int RANGE = 1024;

    private static final long MAGIC = 0x464C_4545_5453_4551L;
    private static final int CLEAN = 8;
    private static final int BOOT = 16;
    private static final int FIRST_SLOT = 64;
    private static final int SLOT_BYTES = 24;
    private static final int COUNTER = 8;
    private static final int END_OF_RANGE = 16;
    private static final int FILE_BYTES = 4096;

    private final FileChannel channel;
    private final MappedByteBuffer counters;
    private boolean closed;

    private FileSequence(FileChannel channel, MappedByteBuffer counters) {
        this.channel = channel;
        this.counters = counters;
    }

    /**
     * Opens the counters, or begins new ones at 1 where there is no such file yet.
     *
     * @throws ConflictException if another process has it open
     * @throws InvalidInputException if the file is something else
     * @throws UncheckedIOException if it cannot be read or written
     */
    public static FileSequence open(Path file) {
        return open(file, MachineStart.current());
    }

    static FileSequence open(Path file, Optional<UUID> machineStart) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLocks.lock(channel, file);
                return opened(channel, file, machineStart);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sequence file " + file + " cannot be opened", e);
        }
    }

    @Override
    public synchronized long next(MessageType<?> type) {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        int slot = slot(tag(type));
        long number = counters.getLong(slot + COUNTER) + 1;
        if (number > counters.getLong(slot + END_OF_RANGE)) {
            counters.putLong(slot + END_OF_RANGE, number + RANGE - 1);
            counters.force();
        }
        counters.putLong(slot + COUNTER, number);
        return number;
    }

    /** Puts the exact numbers on disk. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        counters.force();
        counters.putLong(CLEAN, 1);
        counters.force();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("sequence file cannot be closed", e);
        }
    }

    private static FileSequence opened(FileChannel channel, Path file, Optional<UUID> machineStart) throws IOException {
        boolean begun = channel.size() > 0;
        if (begun && channel.size() != FILE_BYTES) {
            throw notOurs(file);
        }
        FileSequence sequence = new FileSequence(channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES));
        sequence.begin(file, machineStart);
        return sequence;
    }

    private void begin(Path file, Optional<UUID> machineStart) {
        long magic = counters.getLong(0);
        if (magic != MAGIC && magic != 0) {
            throw notOurs(file);
        }
        boolean exact = counters.getLong(CLEAN) == 1 || machineStart.equals(recordedStart());
        if (!exact) {
            skipRanges();
        }
        UUID start = machineStart.orElse(new UUID(0, 0));
        counters.putLong(CLEAN, 0);
        counters.putLong(BOOT, start.getMostSignificantBits());
        counters.putLong(BOOT + 8, start.getLeastSignificantBits());
        counters.putLong(0, MAGIC);
        counters.force();
    }

    /** Empty where it is not known: then nothing equals it, and the ranges are skipped. */
    private Optional<UUID> recordedStart() {
        UUID start = new UUID(counters.getLong(BOOT), counters.getLong(BOOT + 8));
        return Optional.of(start);
    }

    private void skipRanges() {
        for (int slot = FIRST_SLOT; slot + SLOT_BYTES <= FILE_BYTES; slot += SLOT_BYTES) {
            counters.putLong(slot + COUNTER, counters.getLong(slot + END_OF_RANGE));
        }
    }

    private int slot(long tag) {
        int slot = FIRST_SLOT;
        while (counters.getLong(slot) != tag) {
            if (counters.getLong(slot) == 0) {
                counters.putLong(slot, tag);
                return slot;
            }
            slot += SLOT_BYTES;
        }
        return slot;
    }

    /** Not 0, which marks a free slot. */
    private static long tag(MessageType<?> type) {
        CRC32 crc = new CRC32();
        crc.update(type.wireName().getBytes(StandardCharsets.UTF_8));
        return crc.getValue() | 1L << 32;
    }

    private static InvalidInputException notOurs(Path file) {
        return new InvalidInputException("sequence", file, "must be a file of message counters");
    }
}
