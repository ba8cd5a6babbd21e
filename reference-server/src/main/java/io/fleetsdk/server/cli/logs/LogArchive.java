package io.fleetsdk.server.cli.logs;

import io.fleetsdk.robot.RobotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of the logs. A segment is {@code NAME.jsonl.part} while it is recorded, then {@code NAME.jsonl}, and beside that
 * {@code NAME.jsonl.gz} once it is compressed.
 */
final class LogArchive {
    static final String GROWING = ".jsonl.part";
    static final String COMPLETE = ".jsonl";
    static final String COMPRESSED = ".jsonl.gz";

    private static final Pattern FILE = Pattern.compile("(.+)-([0-9]{4,9})(\\.[a-z.]+)");

    private final Path directory;

    LogArchive(Path directory) {
        this.directory = directory;
    }

    Path file(LogSegment segment, String ending) {
        return directory.resolve(segment.name() + ending);
    }

    /** An empty file that is nobody else's, for something that is put in its place when it is whole. */
    Path draft() throws IOException {
        return Files.createTempFile(directory, "draft-", ".tmp");
    }

    /**
     * The segment, with its number.
     *
     * @throws NoSuchFileException if it is not complete
     */
    LogSegment complete(LogSegment wanted) throws IOException {
        if (wanted.number() == null) {
            int newest = newest(wanted.robot(), List.of(COMPLETE))
                    .orElseThrow(() -> new NoSuchFileException("nothing of " + wanted.robot() + " is complete yet"));
            return new LogSegment(wanted.robot(), newest);
        }
        if (!Files.exists(file(wanted, COMPLETE))) {
            throw new NoSuchFileException(wanted.name() + " is not complete");
        }
        return wanted;
    }

    /** The one after all that are here. */
    LogSegment next(RobotId robot) throws IOException {
        return new LogSegment(robot, newest(robot, List.of(GROWING, COMPLETE)).orElse(0) + 1);
    }

    /** Forgets a segment in every form; one that is not here is forgotten already. */
    void remove(LogSegment segment) throws IOException {
        Files.deleteIfExists(file(segment, COMPLETE));
        Files.deleteIfExists(file(segment, COMPRESSED));
    }

    private OptionalInt newest(RobotId robot, List<String> endings) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .filter(name -> name.group(1).equals(robot.value()) && endings.contains(name.group(3)))
                    .mapToInt(name -> Integer.parseInt(name.group(2)))
                    .max();
        }
    }
}
