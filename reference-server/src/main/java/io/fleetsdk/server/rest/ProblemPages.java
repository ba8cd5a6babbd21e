package io.fleetsdk.server.rest;

import io.fleetsdk.json.JsonCodec;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The same words for what the HTTP server refuses before any route sees it, such as a URL or a header it cannot read. */
public final class ProblemPages extends ErrorHandler {
    private final JsonCodec codec;

    public ProblemPages(JsonCodec codec) {
        this.codec = codec;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
        response.write(true, body(code, request.getHttpURI().getPath()), callback);
    }

    private ByteBuffer body(int status, @Nullable String path) {
        String title = HttpStatus.getMessage(status);
        return ByteBuffer.wrap(codec.encode(Problems.problem(
                status,
                title,
                "the request cannot be read: " + title,
                path == null ? "" : path,
                Optional.empty(),
                OptionalLong.empty())));
    }
}
