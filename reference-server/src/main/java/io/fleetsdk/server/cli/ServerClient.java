package io.fleetsdk.server.cli;

import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The server's REST interface as the demo needs it. */
final class ServerClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;
    private final JsonCodec json;

    ServerClient(String base, String token, JsonCodec json) {
        this.base = base + "/api/v1/";
        this.token = token;
        this.json = json;
    }

    List<JsonObject> robots() {
        return list("robots");
    }

    List<JsonObject> list(String path) {
        return Arrays.asList(json.decode(send("GET", path, JsonObject.empty()), JsonObject[].class));
    }

    JsonObject get(String path) {
        return json.decode(send("GET", path, JsonObject.empty()), JsonObject.class);
    }

    JsonObject send(String method, String path, Object body, Class<JsonObject> type) {
        return json.decode(send(method, path, body), type);
    }

    private byte[] send(String method, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json.encode(body)))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw DemoException.failure(method + " " + path + " answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw DemoException.failure(method + " " + path + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DemoException.failure("interrupted");
        }
    }
}
