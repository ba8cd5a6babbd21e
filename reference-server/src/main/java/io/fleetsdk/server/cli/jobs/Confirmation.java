package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something is lost for good. */
final class Confirmation {
    @Option(names = "--yes", description = "Does not ask")
    private boolean yes;

    /**
     * Whether to go on.
     *
     * @throws InvalidInputException if there is nobody to ask
     */
    boolean given(String question, PrintWriter out) {
        if (yes) {
            return true;
        }
        out.print(question + " [y/N] ");
        out.flush();
        return answer().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private static String answer() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            if (line == null) {
                throw new InvalidInputException("answer", "none", "must be given, or --yes");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }
}
