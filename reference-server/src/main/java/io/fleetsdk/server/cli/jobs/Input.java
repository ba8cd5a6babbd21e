package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A job's input from the command line: JSON as it stands, {@code @file}, or {@code -} for standard input. */
final class Input {
    private static final String FROM_FILE = "@";
    private static final String FROM_STANDARD_INPUT = "-";

    private Input() {}

    static Object read(String argument, InputStream standardInput) {
        try {
            return Screen.codec().decode(bytes(argument, standardInput), Object.class);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("input", argument, "must name a file that is there");
        } catch (IOException e) {
            throw new InvalidInputException("input", argument, "cannot be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(String argument, InputStream standardInput) throws IOException {
        if (argument.equals(FROM_STANDARD_INPUT)) {
            return standardInput.readAllBytes();
        }
        return argument.startsWith(FROM_FILE)
                ? Files.readAllBytes(Path.of(argument.substring(FROM_FILE.length())))
                : argument.getBytes(StandardCharsets.UTF_8);
    }
}
