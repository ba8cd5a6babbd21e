package io.fleetsdk.server;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.server.auth.Tokens;

/**
 * Where the server listens, and for whom.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}, or {@code 0.0.0.0} for every interface
 * @param port 0 to 65535; 0 takes a free one
 * @param tokens the bearer tokens accepted
 */
public record ServerConfig(String host, int port, Tokens tokens) {
    private static final int HIGHEST_PORT = 65_535;

    public ServerConfig {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new InvalidInputException("port", port, "must be from 0 to " + HIGHEST_PORT);
        }
    }
}
