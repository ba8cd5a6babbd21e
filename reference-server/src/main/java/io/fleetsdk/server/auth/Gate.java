package io.fleetsdk.server.auth;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.security.RouteRole;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands in front of every matched route and lets pass who has the role the route declares. A route that declares none is
 * closed to all but administrators. Thread-safe.
 */
public final class Gate implements Handler {
    private static final String PRINCIPAL = "principal";
    private static final String SCHEME = "bearer ";

    private final Tokens tokens;

    public Gate(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Who made this request. */
    public static Principal principal(Context ctx) {
        return ctx.attribute(PRINCIPAL) instanceof Principal principal ? principal : Principal.NOBODY;
    }

    @Override
    public void handle(Context ctx) {
        Role needed = needed(ctx);
        if (needed == Role.ANYONE) {
            return;
        }
        Principal caller = bearer(ctx).flatMap(tokens::find).orElseThrow(() -> unauthorized(ctx));
        ctx.attribute(PRINCIPAL, caller);
        if (!caller.role().covers(needed)) {
            throw new ForbiddenResponse(
                    caller.name() + " is a " + word(caller.role()) + "; this needs the role " + word(needed));
        }
    }

    private static Role needed(Context ctx) {
        return ctx.routeRoles().stream()
                .filter(Role.class::isInstance)
                .map((RouteRole role) -> (Role) role)
                .min(Comparator.naturalOrder())
                .orElse(Role.ADMIN);
    }

    private static Optional<String> bearer(Context ctx) {
        return Optional.ofNullable(ctx.header(Header.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    private static UnauthorizedResponse unauthorized(Context ctx) {
        boolean tried = ctx.header(Header.AUTHORIZATION) != null;
        ctx.header(Header.WWW_AUTHENTICATE, "Bearer realm=\"fleet\"" + (tried ? ", error=\"invalid_token\"" : ""));
        return new UnauthorizedResponse(
                tried ? "the token is not one of this server's" : "send a token: Authorization: Bearer <token>");
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
