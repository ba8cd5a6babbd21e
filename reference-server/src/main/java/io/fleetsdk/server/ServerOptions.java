package io.fleetsdk.server;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.server.auth.OfferedTokens;
import io.fleetsdk.server.auth.Principal;
import io.fleetsdk.server.auth.Role;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The command line's options. The library fills the fields. */
final class ServerOptions {
    static final String TOKENS = "FLEET_TOKENS";
    static final Principal DEMO = new Principal("demo", Role.OPERATOR);

    private static final long GIB = 1L << 30;

    @Option(
            names = "--nats",
            paramLabel = "URL",
            defaultValue = "nats://127.0.0.1:4222",
            description = "The broker (default ${DEFAULT-VALUE}).")
    private String nats = "";

    @Option(names = "--nats-credentials", paramLabel = "FILE", description = "A NATS credentials file (.creds).")
    private @Nullable Path credentials;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on, 0.0.0.0 for all (default ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on, 0 for a free one (default ${DEFAULT-VALUE}).")
    private int port;

    @ArgGroup
    private TokenSource source = new TokenSource();

    @Option(
            names = "--storage",
            paramLabel = "GIB",
            description = "Shrink the streams' limits in proportion so that together they reserve at most this much.")
    private long storage;

    @Option(names = "--no-topology", description = "Leave streams and buckets to somebody else.")
    private boolean noTopology;

    @Option(
            names = "--exit-with-stdin",
            description = "End when standard input ends: for a launcher that must not leave orphans.")
    private boolean exitWithStdin;

    /** Where tokens come from; without either, the environment. */
    private static final class TokenSource {
        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = {
                    "One line for each token: <name> <viewer|operator|admin> <token or sha256:hex>.",
                    "Without this option the same lines are read from the environment variable " + TOKENS + "."
                })
        private @Nullable Path file;

        @Option(names = "--demo-token", description = "Make up an operator's token and print it.")
        private boolean generate;
    }

    boolean exitsWithStdin() {
        return exitWithStdin;
    }

    boolean appliesTopology() {
        return !noTopology;
    }

    /**
     * @throws InvalidInputException if the address or the storage is no such thing
     */
    NatsOptions broker() {
        NatsOptions.Builder options = NatsOptions.builder().server(nats).name("reference-server");
        if (credentials != null) {
            if (!Files.isReadable(credentials)) {
                throw new InvalidInputException("--nats-credentials", credentials, "must be a readable file");
            }
            options.credentials(NatsCredentials.file(credentials));
        }
        if (storage < 0) {
            throw new InvalidInputException("--storage", storage, "must be at least 1 GiB");
        }
        if (storage > 0) {
            options.topology(FleetTopology.defaults().withByteBudget(storage * GIB));
        }
        return options.build();
    }

    ServerConfig config(OfferedTokens tokens) {
        return new ServerConfig(host, port, tokens.tokens());
    }

    /**
     * @throws InvalidInputException if there are none or one is broken
     */
    OfferedTokens tokens(Map<String, String> environment) {
        if (source.generate) {
            return OfferedTokens.generate(DEMO);
        }
        if (source.file != null) {
            return OfferedTokens.file(source.file);
        }
        String lines = environment.get(TOKENS);
        if (lines == null) {
            throw new InvalidInputException(
                    "tokens", "none", "must be given by --token-file or " + TOKENS + ", or made by --demo-token");
        }
        return OfferedTokens.lines(lines);
    }

    /** Whether only this machine can connect. */
    boolean listensHereOnly() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** Where a browser on this machine finds the server. */
    String url(int listeningPort) {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (everywhere ? "localhost" : host) + ":" + listeningPort;
    }

    /** What went wrong with the address, in words that name the option. */
    String bindProblem(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnresolvedAddressException) {
            return "host " + host + " is unknown: choose another with --host";
        }
        boolean taken = String.valueOf(root.getMessage()).contains("in use");
        return taken
                ? "port " + port + " is in use: choose another with --port"
                : "cannot listen on " + host + ":" + port + " (--host, --port): " + root.getMessage();
    }
}
