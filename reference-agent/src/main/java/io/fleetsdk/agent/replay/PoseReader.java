package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import java.util.Optional;

/** Reads the poses of a recording one after the other. Not thread-safe. */
final class PoseReader implements AutoCloseable {
    private final Lines lines;
    private final Header header;
    private final TimeColumn time;
    private final PoseColumns columns;
    private Optional<String> line;
    private double lastSeconds = Double.NEGATIVE_INFINITY;

    private PoseReader(Lines lines, Header header, String firstLine) {
        this.lines = lines;
        this.header = header;
        this.time = TimeColumn.of(header);
        this.columns = PoseColumns.of(header);
        this.line = header.isImplied() ? Optional.of(firstLine) : lines.next();
    }

    /**
     * @throws InvalidInputException if the text cannot be read, is empty, or its columns are not those of a recording
     */
    static PoseReader open(String source, TextSource text) {
        Lines lines = Lines.open(source, text);
        try {
            String first = lines.next().orElseThrow(() -> new InvalidInputException(source, "", "must not be empty"));
            return new PoseReader(lines, Header.of(lines.place(), first), first);
        } catch (InvalidInputException e) {
            lines.close();
            throw e;
        }
    }

    /**
     * The next pose, never earlier than the one before.
     *
     * @throws InvalidInputException if the next line is not a pose
     */
    Optional<Pose> next() {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Row row = Row.of(lines.place(), header, line.get());
        Pose pose = columns.pose(seconds(row), row);
        line = lines.next();
        return Optional.of(pose);
    }

    private double seconds(Row row) {
        double seconds = time.seconds(row);
        if (seconds < lastSeconds) {
            throw row.refused(time.name(), seconds, "must not be before the row above at " + lastSeconds + " s");
        }
        lastSeconds = seconds;
        return seconds;
    }

    @Override
    public void close() {
        lines.close();
    }
}
