package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The lines of a text that say something: neither empty nor comments. Never holds more than one. Not thread-safe. */
final class Lines implements AutoCloseable {
    private static final int MAX_LENGTH = 65_536;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String source;
    private final BufferedReader reader;
    private long number;

    private Lines(String source, BufferedReader reader) {
        this.source = source;
        this.reader = reader;
    }

    /**
     * @throws InvalidInputException if the text cannot be opened
     */
    static Lines open(String source, TextSource text) {
        try {
            InputStream bytes = text.open();
            return new Lines(source, new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /** The next line without the blanks around it. */
    Optional<String> next() {
        try {
            Optional<String> line = line();
            while (line.isPresent() && isSilent(line.get())) {
                line = line();
            }
            return line;
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /** Where the last line was, for messages. */
    String place() {
        return source + " line " + number;
    }

    private static boolean isSilent(String line) {
        return line.isEmpty() || line.startsWith("#");
    }

    private Optional<String> line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return Optional.empty();
        }
        number++;
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (c == 0 || line.length() == MAX_LENGTH) {
                throw new InvalidInputException(
                        place(), "binary data", "must be text in lines of at most 65536 characters");
            }
            if (c != BYTE_ORDER_MARK) {
                line.append((char) c);
            }
        }
        return Optional.of(line.toString().strip());
    }

    private static InvalidInputException unreadable(String source, IOException cause) {
        InvalidInputException refusal =
                new InvalidInputException("recording", source, "must be readable: " + reason(cause));
        refusal.addSuppressed(cause);
        return refusal;
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        return cause instanceof AccessDeniedException ? "access denied" : String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }
}
