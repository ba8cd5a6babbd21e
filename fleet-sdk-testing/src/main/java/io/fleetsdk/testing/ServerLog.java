package io.fleetsdk.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last lines a server logged. */
final class ServerLog {

    private static final Logger log = LoggerFactory.getLogger("io.fleetsdk.testing.nats-server");
    private static final Pattern PORT_IN_USE =
            Pattern.compile("listen tcp (\\S+): bind: (?:address already in use|Only one usage)");
    private static final int LINES = 200;

    private final Deque<String> lines = new ArrayDeque<>();

    /** Reads to the end of the output, which is the end of the server. */
    void drain(InputStream output) {
        try (Reader text = new InputStreamReader(output, StandardCharsets.UTF_8);
                BufferedReader reader = new BufferedReader(text)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.trace(line);
                add(line);
            }
        } catch (IOException e) {
            // A stream of a killed process may end with an error instead of an end of file: the log ends here too.
            add("(log ended: " + e.getMessage() + ")");
        }
    }

    private synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The address the server could not listen on because another process does, if that is what it says. */
    synchronized Optional<String> portInUse() {
        return lines.stream()
                .map(PORT_IN_USE::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .findFirst();
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", lines);
    }
}
