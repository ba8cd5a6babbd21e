package io.fleetsdk.storage.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;

/** What an attempt says, line by line, each with the time; compressed. Thread-safe. */
final class RunLog implements AutoCloseable {
    private final Path file;
    private final Clock clock;
    private final Writer writer;

    private RunLog(Path file, Clock clock, Writer writer) {
        this.file = file;
        this.clock = clock;
        this.writer = writer;
    }

    static RunLog to(Path file, Clock clock) throws IOException {
        Writer writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8);
        return new RunLog(file, clock, new BufferedWriter(writer));
    }

    Path file() {
        return file;
    }

    synchronized void line(String text) {
        try {
            writer.write(clock.instant() + " " + text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the log of a training run cannot be written", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
