package io.fleetsdk.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration file of a server.
 *
 * @param port       0 for one that the server picks
 * @param monitoring port of the monitoring endpoint, 0 for one that the server picks, or none
 * @param store      where JetStream keeps its files
 * @param sync       JetStream's {@code sync_interval}, if not its default
 * @param extra      text for the end of the file
 */
record ServerConfig(
        String host,
        int port,
        OptionalInt monitoring,
        Path store,
        int maxPayload,
        Optional<String> sync,
        String extra) {

    /** The same on these ports. */
    ServerConfig on(Ports ports) {
        return new ServerConfig(host, ports.client(), ports.monitoring(), store, maxPayload, sync, extra);
    }

    String url() {
        return "nats://" + reachableHost() + ":" + port;
    }

    Optional<URI> monitoringUrl() {
        return monitoring.isEmpty()
                ? Optional.empty()
                : Optional.of(URI.create("http://" + reachableHost() + ":" + monitoring.getAsInt()));
    }

    /** A server on all addresses is reached at the loopback one. */
    private String reachableHost() {
        return host.equals("0.0.0.0") ? "127.0.0.1" : host;
    }

    String text(Path portsDirectory) {
        return """
                listen: "%s"
                ports_file_dir: "%s"
                max_payload: %d
                jetstream {
                  store_dir: "%s"
                  # Streams reserve their byte limits: let a small machine declare what a large one holds.
                  max_file_store: 1TB
                  %s
                }
                %s
                %s
                """.formatted(
                address(port),
                quoted(portsDirectory),
                maxPayload,
                quoted(store),
                sync.map(interval -> "sync_interval: \"" + interval + "\"").orElse(""),
                monitoring.isPresent() ? "http: \"" + address(monitoring.getAsInt()) + "\"" : "",
                extra);
    }

    /** The server takes 0 for its default port, 4222, and -1 for a free one. */
    private String address(int configured) {
        return host + ":" + (configured == 0 ? -1 : configured);
    }

    private static String quoted(Path path) {
        return path.toAbsolutePath().toString().replace('\\', '/').replace("\"", "\\\"");
    }
}
