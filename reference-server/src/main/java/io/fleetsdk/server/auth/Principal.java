package io.fleetsdk.server.auth;

/** Who is calling. */
public record Principal(String name, Role role) {
    /** A caller without a token. */
    public static final Principal NOBODY = new Principal("-", Role.ANYONE);
}
