package io.fleetsdk.server.auth;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each role may do all that those before it may. */
public enum Role implements RouteRole {
    /** No token needed: the page's files, health and the API's description. */
    ANYONE,
    /** May look. */
    VIEWER,
    /** May also command robots, change what is desired and described, and stop. */
    OPERATOR,
    /** May also administer the server. */
    ADMIN;

    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The role of a token by its name in any case; ANYONE is not one. */
    static Optional<Role> ofToken(String name) {
        return Arrays.stream(values())
                .filter(role -> role != ANYONE && role.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
