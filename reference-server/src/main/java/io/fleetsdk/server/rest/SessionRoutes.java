package io.fleetsdk.server.rest;

import io.fleetsdk.server.auth.Gate;
import io.javalin.http.Context;

/** Tells a caller who it is to this server. */
public final class SessionRoutes {
    private SessionRoutes() {}

    public static void show(Context ctx) {
        ctx.json(Gate.principal(ctx));
    }
}
