package io.fleetsdk.server;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.server.auth.Tokens;
import java.time.Duration;

/**
 * Where the server listens, and for whom.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}, or {@code 0.0.0.0} for every interface
 * @param port 0 to 65535; 0 takes a free one
 * @param tokens the bearer tokens accepted
 * @param keepAlive how often a quiet live stream shows that it is alive, and the server finds out that a client has gone; 100 ms
 *     to 1 min, default 10 s
 */
public record ServerConfig(String host, int port, Tokens tokens, Duration keepAlive) {
    private static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofMillis(100);
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofMinutes(1);
    private static final int HIGHEST_PORT = 65_535;

    public ServerConfig {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new InvalidInputException("port", port, "must be from 0 to " + HIGHEST_PORT);
        }
        if (keepAlive.compareTo(SHORTEST_KEEP_ALIVE) < 0 || keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0) {
            throw new InvalidInputException("keepAlive", keepAlive, "must be from 100 ms to 1 min");
        }
    }

    public ServerConfig(String host, int port, Tokens tokens) {
        this(host, port, tokens, USUAL_KEEP_ALIVE);
    }

    public ServerConfig withKeepAlive(Duration interval) {
        return new ServerConfig(host, port, tokens, interval);
    }
}
