package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.server.auth.Gate;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import java.util.Optional;

/** Where a model's aliases point. If-Match names the move that a further one builds on. */
public final class ModelAliasRoutes {
    private final Fleet fleet;
    private final JsonCodec codec;

    public ModelAliasRoutes(Fleet fleet, JsonCodec codec) {
        this.fleet = fleet;
        this.codec = codec;
    }

    public void find(Context ctx) {
        show(ctx, fleet.models().alias(model(ctx), name(ctx)).orElseThrow(() -> missing(ctx)));
    }

    public void history(Context ctx) {
        List<ModelAlias> moves = fleet.models().aliasHistory(model(ctx), name(ctx));
        if (moves.isEmpty()) {
            throw missing(ctx);
        }
        ctx.json(moves);
    }

    public void point(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<Long> version = body.present("version", body.integer("version"));
        Optional<ModelRef> to = version.flatMap(number -> body.made(() -> new ModelRef(model(ctx), number)));
        String reason = body.requiredText("reason");
        body.check();
        AuditLog.note(ctx, "version", to.orElseThrow());
        show(ctx, fleet.models().point(name(ctx), to.orElseThrow(), guard(ctx), who(ctx), reason));
    }

    public void clear(Context ctx) {
        String reason = RequestQuery.parameter(ctx, "reason")
                .orElseThrow(() -> new InvalidInputException("reason", "missing", "is required"));
        show(ctx, fleet.models().clear(model(ctx), name(ctx), guard(ctx), who(ctx), reason));
    }

    private static void show(Context ctx, ModelAlias alias) {
        ctx.header(Header.ETAG, "\"" + alias.move() + "\"").json(alias);
    }

    private static AliasGuard guard(Context ctx) {
        return new AliasGuard(RequestQuery.ifMatch(ctx));
    }

    private static NotFoundException missing(Context ctx) {
        return new NotFoundException("alias " + model(ctx) + "@" + name(ctx) + " was never set");
    }

    private static String who(Context ctx) {
        return Gate.principal(ctx).name();
    }

    private static String model(Context ctx) {
        return ctx.pathParam("model");
    }

    private static String name(Context ctx) {
        return ctx.pathParam("alias");
    }
}
