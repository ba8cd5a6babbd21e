package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.envelope.MessageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSequenceTest {
    private static final Optional<UUID> ONE_START = Optional.of(new UUID(1, 1));
    private static final Optional<UUID> NEXT_START = Optional.of(new UUID(2, 2));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("sequence");
    }

    @Test
    void eachTypeCountsForItself() {
        try (FileSequence sequence = FileSequence.open(file)) {
            for (MessageType<?> type : MessageType.all()) {
                assertThat(sequence.next(type)).isEqualTo(1);
                assertThat(sequence.next(type)).isEqualTo(2);
            }
        }
    }

    @Test
    void countingGoesOnWithoutAGapAfterAnOrderlyClose() {
        take(file, ONE_START, 2000);

        try (FileSequence sequence = FileSequence.open(file, NEXT_START)) {
            assertThat(sequence.next(MessageType.STATUS)).isEqualTo(2001);
        }
    }

    @Test
    void countingGoesOnWithoutAGapWhenTheProcessDied() throws IOException {
        Path leftBehind = directory.resolve("copy");
        try (FileSequence sequence = FileSequence.open(file, ONE_START)) {
            LongStream.range(0, 1500).forEach(i -> sequence.next(MessageType.STATUS));
            Files.copy(file, leftBehind);
        }

        try (FileSequence sequence = FileSequence.open(leftBehind, ONE_START)) {
            assertThat(sequence.next(MessageType.STATUS)).isEqualTo(1501);
        }
    }

    @Test
    void noNumberComesTwiceWhenThePowerFailed() throws IOException {
        Path onDisk = directory.resolve("copy");
        long last;
        try (FileSequence sequence = FileSequence.open(file, ONE_START)) {
            sequence.next(MessageType.STATUS);
            Files.copy(file, onDisk);
            last = LongStream.range(1, FileSequence.RANGE)
                    .map(i -> sequence.next(MessageType.STATUS))
                    .max()
                    .orElseThrow();
        }

        try (FileSequence sequence = FileSequence.open(onDisk, NEXT_START)) {
            assertThat(sequence.next(MessageType.STATUS)).isGreaterThan(last);
        }
    }

    @Test
    void noNumberComesTwiceWhereTheSystemDoesNotSayWhenItStarted() throws IOException {
        Path onDisk = directory.resolve("copy");
        try (FileSequence sequence = FileSequence.open(file, Optional.empty())) {
            sequence.next(MessageType.STATUS);
            Files.copy(file, onDisk);
            sequence.next(MessageType.STATUS);
        }

        try (FileSequence sequence = FileSequence.open(onDisk, Optional.empty())) {
            assertThat(sequence.next(MessageType.STATUS)).isGreaterThan(2);
        }
    }

    @Test
    void aSecondAgentIsRefused() {
        try (FileSequence sequence = FileSequence.open(file)) {
            assertThatThrownBy(() -> FileSequence.open(file))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("another agent");
            assertThat(sequence.next(MessageType.STATUS)).isEqualTo(1);
        }
    }

    @Test
    void anotherFileIsNotOverwritten() throws IOException {
        Files.writeString(file, "my diary");

        assertThatThrownBy(() -> FileSequence.open(file)).isInstanceOf(InvalidInputException.class);
        assertThat(file).hasContent("my diary");
    }

    @Test
    void nothingIsCountedAfterTheClose() {
        FileSequence sequence = FileSequence.open(file);
        sequence.close();

        assertThatThrownBy(() -> sequence.next(MessageType.STATUS)).isInstanceOf(IllegalStateException.class);
    }

    private static void take(Path file, Optional<UUID> machineStart, int count) {
        try (FileSequence sequence = FileSequence.open(file, machineStart)) {
            LongStream.range(0, count).forEach(i -> sequence.next(MessageType.STATUS));
        }
    }
}
