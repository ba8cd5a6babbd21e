package io.fleetsdk.server.rest;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this API: OpenAPI 3.1, kept by hand in {@code openapi.json}, held against the routes by a test. */
public final class OpenApi {
    private OpenApi() {}

    public static void show(Context ctx) {
        ctx.contentType("application/json").result(document());
    }

    static byte[] document() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is not in the jar");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
