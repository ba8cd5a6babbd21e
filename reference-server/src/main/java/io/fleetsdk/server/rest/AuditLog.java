package io.fleetsdk.server.rest;

import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.server.auth.Gate;
import io.fleetsdk.server.auth.Principal;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line on the logger {@code audit} for every request that could change something, refused ones included: who, what and
 * the outcome, as JSON, so that nothing a caller sends can forge a line. Neither tokens nor bodies.
 */
public final class AuditLog implements Handler {
    private static final Logger log = LoggerFactory.getLogger("audit");
    private static final String DETAIL = "audit.detail";
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private final JsonCodec codec;

    public AuditLog(JsonCodec codec) {
        this.codec = codec;
    }

    /** Adds a member to this request's line. Never a secret. */
    static void note(Context ctx, String name, Object value) {
        ctx.attribute(DETAIL, detail(ctx).with(name, String.valueOf(value)));
    }

    @Override
    public void handle(Context ctx) {
        if (READING.contains(ctx.method())) {
            return;
        }
        Principal who = Gate.principal(ctx);
        JsonObject line = JsonObject.of("who", who.name(), "role", who.role().name())
                .with("from", ctx.ip())
                .with("method", ctx.method().name())
                .with("path", ctx.req().getRequestURI())
                .with("status", ctx.statusCode())
                .with("detail", detail(ctx));
        log.info("{}", new String(codec.encode(line), StandardCharsets.UTF_8));
    }

    private static JsonObject detail(Context ctx) {
        return ctx.attribute(DETAIL) instanceof JsonObject detail ? detail : JsonObject.empty();
    }
}
