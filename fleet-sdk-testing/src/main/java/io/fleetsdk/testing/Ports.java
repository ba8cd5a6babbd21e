package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports a server listens on, as it wrote them into its ports file. */
record Ports(int client, OptionalInt monitoring) {

    private static final String FIRST_URL = "\":\\[\"[^\"]*:(\\d+)\"";
    private static final Pattern CLIENT = Pattern.compile("\"nats" + FIRST_URL);
    private static final Pattern MONITORING = Pattern.compile("\"monitoring" + FIRST_URL);

    /** Empty until the server with this process id has written its file. */
    static Optional<Ports> read(Path directory, long pid) throws IOException {
        Path file = directory.resolve("nats-server_" + pid + ".ports");
        return Files.exists(file) ? parse(Files.readString(file)) : Optional.empty();
    }

    /** Empty for a file that is half written. */
    static Optional<Ports> parse(String json) {
        OptionalInt client = port(CLIENT, json);
        return json.endsWith("}") && client.isPresent()
                ? Optional.of(new Ports(client.getAsInt(), port(MONITORING, json)))
                : Optional.empty();
    }

    private static OptionalInt port(Pattern pattern, String json) {
        Matcher url = pattern.matcher(json);
        return url.find() ? OptionalInt.of(Integer.parseInt(url.group(1))) : OptionalInt.empty();
    }
}
