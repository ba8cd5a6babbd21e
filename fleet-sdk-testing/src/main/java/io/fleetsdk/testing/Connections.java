package io.fleetsdk.testing;

import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client connections of a server, as its monitoring endpoint lists them. */
record Connections(URI monitoring) {

    List<Connection> open() {
        return list("open");
    }

    /** The last few thousand, since the server was started. */
    List<Connection> closed() {
        return list("closed");
    }

    private List<Connection> list(String state) {
        URI page = monitoring.resolve("/connz?limit=10000&state=" + state);
        try (InputStream answer = page.toURL().openStream()) {
            String json = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(json.split("\"cid\":"))
                    .skip(1)
                    .map(Connection::parse)
                    .toList();
        } catch (IOException e) {
            throw new UnavailableException("the server does not list its connections at " + page, e);
        }
    }

    /**
     * One client.
     *
     * @param name as the client gave it, if it did
     */
    record Connection(String port, Optional<String> name) {

        private static final Pattern PORT = Pattern.compile("\"port\": (\\d+)");
        private static final Pattern NAME = Pattern.compile("\"name\": \"([^\"]+)\"");

        private static Connection parse(String json) {
            return new Connection(find(PORT, json).orElse("unknown"), find(NAME, json));
        }

        private static Optional<String> find(Pattern pattern, String json) {
            Matcher matcher = pattern.matcher(json);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        @Override
        public String toString() {
            return name.map(given -> "connection " + given).orElse("an unnamed connection") + " from port " + port;
        }
    }
}
