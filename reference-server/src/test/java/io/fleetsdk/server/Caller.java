package io.fleetsdk.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a token who calls the server. */
public final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    /**
     * @param token none where empty
     */
    public Caller(int port, String token) {
        this.base = "http://127.0.0.1:" + port;
        this.token = token;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return MAPPER.readTree(body());
        }
    }

    public Answer get(String path, String... headers) {
        return send(request("GET", path, BodyPublishers.noBody(), headers));
    }

    public Answer delete(String path) {
        return send(request("DELETE", path, BodyPublishers.noBody()));
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, "application/json", json, headers);
    }

    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, "application/json", json, headers);
    }

    public Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, "application/merge-patch+json", json, headers);
    }

    public Answer send(String method, String path, String type, String body, String... headers) {
        return send(builder(method, path, BodyPublishers.ofString(body), headers)
                .header("Content-Type", type)
                .build());
    }

    public Answer send(String method, String path, byte[] json) {
        return send(builder(method, path, BodyPublishers.ofByteArray(json))
                .header("Content-Type", "application/json")
                .build());
    }

    public Answer send(String method, String path) {
        return send(request(method, path, BodyPublishers.noBody()));
    }

    /** Opens the live stream. */
    public EventReader events() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/events"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
            return EventReader.start(response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Answer send(HttpRequest request) {
        try {
            return new Answer(CLIENT.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(request + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        return builder(method, path, body, headers).build();
    }

    private HttpRequest.Builder builder(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body)
                .timeout(PATIENCE);
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder;
    }
}
