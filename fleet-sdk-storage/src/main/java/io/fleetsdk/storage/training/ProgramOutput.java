package io.fleetsdk.storage.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a program writes, line by line; of a line that does not end, its beginning. */
final class ProgramOutput {
    private static final int MOST_CHARACTERS = 64 * 1024;

    private final Consumer<String> lines;
    private final StringBuilder line = new StringBuilder();

    private ProgramOutput(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Reads until the end, or until nobody can read any more. */
    static void forEachLine(InputStream output, Consumer<String> lines) {
        ProgramOutput reader = new ProgramOutput(lines);
        try (BufferedReader characters = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (int next = characters.read(); next >= 0; next = characters.read()) {
                reader.add((char) next);
            }
            reader.end();
        } catch (IOException e) {
            lines.accept("the rest of its output was lost: " + e.getMessage());
        }
    }

    private void add(char next) {
        if (next == '\n') {
            lines.accept(line.toString());
            line.setLength(0);
        } else if (next != '\r' && line.length() < MOST_CHARACTERS) {
            line.append(next);
        }
    }

    private void end() {
        if (!line.isEmpty()) {
            add('\n');
        }
    }
}
