package io.fleetsdk.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the live stream as a browser's fetch does. */
public final class EventReader implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::read, "events");
    private volatile boolean ended;

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
    }

    static EventReader start(HttpResponse<InputStream> response) {
        EventReader reader = new EventReader(response);
        reader.thread.start();
        return reader;
    }

    /** One event. */
    public record Event(String name, JsonNode data) {}

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public List<Event> events() {
        return events;
    }

    public List<String> comments() {
        return comments;
    }

    public boolean hasEnded() {
        return ended;
    }

    /** The first event of that name whose data are as wanted; waits for it. */
    public JsonNode await(String name, Predicate<JsonNode> wanted) {
        Awaitility.await()
                .alias(name)
                .atMost(SOON)
                .until(() -> find(name, wanted).isPresent());
        return find(name, wanted).orElseThrow().data();
    }

    public JsonNode await(String name) {
        return await(name, data -> true);
    }

    private Optional<Event> find(String name, Predicate<JsonNode> wanted) {
        return events.stream()
                .filter(event -> event.name().equals(name) && wanted.test(event.data()))
                .findFirst();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, MAPPER.readTree(line.substring("data: ".length()))));
                } else if (line.startsWith(":")) {
                    comments.add(line);
                }
            }
        } catch (IOException e) {
            comments.add("cut: " + e.getMessage());
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
