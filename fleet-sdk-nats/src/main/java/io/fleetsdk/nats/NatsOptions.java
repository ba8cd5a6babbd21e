package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the broker is and how to speak to it.
 *
 * @param servers one or more {@code nats://}, {@code tls://}, {@code ws://} or {@code wss://} addresses of one cluster
 * @param credentials none by default
 * @param name shown by the broker's monitoring; {@code fleet-sdk} by default
 * @param requestTimeout how long one request may take, 2 s by default; a call retries up to four times
 * @param clock of this process; the system's by default
 * @param topology the names and limits in use; the protocol's by default
 */
public record NatsOptions(
        List<String> servers,
        NatsCredentials credentials,
        String name,
        Duration requestTimeout,
        Clock clock,
        FleetTopology topology) {
    private static final Set<String> SCHEMES = Set.of("nats", "tls", "ws", "wss");

    public NatsOptions {
        servers = List.copyOf(servers);
    }

    /** Options with every default. */
    public static NatsOptions of(String server) {
        return builder().server(server).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private List<String> servers = List.of();
        private NatsCredentials credentials = NatsCredentials.none();
        private String name = "fleet-sdk";
        private Duration requestTimeout = Duration.ofSeconds(2);
        private Clock clock = Clock.systemUTC();
        private FleetTopology topology = FleetTopology.defaults();

        private Builder() {}

        /** Adds a server of the cluster. */
        public Builder server(String url) {
            servers =
                    Stream.concat(servers.stream(), Stream.of(checkedUrl(url))).toList();
            return this;
        }

        public Builder credentials(NatsCredentials proof) {
            credentials = proof;
            return this;
        }

        public Builder name(String connectionName) {
            name = connectionName;
            return this;
        }

        /** From 100 ms to 1 min. */
        public Builder requestTimeout(Duration timeout) {
            if (timeout.toMillis() < 100 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new InvalidInputException("requestTimeout", timeout, "must be from 100 ms to 1 min");
            }
            requestTimeout = timeout;
            return this;
        }

        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        public Builder topology(FleetTopology declared) {
            topology = declared;
            return this;
        }

        public NatsOptions build() {
            if (servers.isEmpty()) {
                throw new InvalidInputException("servers", "none", "must name at least one server");
            }
            return new NatsOptions(servers, credentials, name, requestTimeout, clock, topology);
        }

        private static String checkedUrl(String url) {
            try {
                URI uri = new URI(url);
                if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
                    throw new InvalidInputException("servers", url, "must be an address such as nats://host:4222");
                }
                if (uri.getUserInfo() != null) {
                    throw new InvalidInputException(
                            "servers", uri.getHost(), "must not hold a secret: use credentials");
                }
                return url;
            } catch (URISyntaxException e) {
                throw new InvalidInputException("servers", url, "must be an address such as nats://host:4222");
            }
        }
    }
}
