package io.fleetsdk.server;

import io.fleetsdk.Fleet;
import io.fleetsdk.FleetException;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.TopologyPlan.Standing;
import io.fleetsdk.server.auth.OfferedTokens;
import io.fleetsdk.server.cli.models.StoreOptions;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.StoragePlan;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.javalin.util.JavalinBindException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The reference server as a program: exit code 2 and one line on stderr for what its user can correct. */
@Command(
        name = "reference-server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Serves a fleet over HTTP: REST, live stream, page, metrics.")
public final class ServerMain implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServerMain.class);
    private static final int USERS_MISTAKE = 2;
    /** The broker's code for a stream it has no room for. */
    private static final String NO_ROOM = "10047";

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    private final Map<String, String> environment;

    private ServerMain(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        int code = new CommandLine(new ServerMain(System.getenv()))
                .setParameterExceptionHandler((e, words) -> complain(e.getMessage() + " (see --help)"))
                .execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        OwnedParts parts = new OwnedParts();
        try {
            serve(parts);
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "shutdown"));
            if (options.exitsWithStdin()) {
                StandardInput.exitAtEnd();
            }
            return 0;
        } catch (FleetException e) {
            parts.close();
            return complain(explained(e));
        } catch (JavalinBindException e) {
            parts.close();
            return complain(options.bindProblem(e));
        }
    }

    private void serve(OwnedParts parts) {
        OfferedTokens tokens = options.tokens(environment);
        ServerConfig config = options.config(tokens);
        NatsOptions broker = options.broker();
        if (options.appliesTopology()) {
            applyTopology(broker);
        }
        Fleet fleet = NatsFleet.connect(broker);
        parts.add(fleet::close);
        Optional<S3BlobStore> blobs = store.connected();
        blobs.ifPresent(opened -> parts.add(opened::close));
        if (options.appliesTopology()) {
            blobs.ifPresent(ServerMain::applyLayout);
        }
        FleetServer server = FleetServer.start(
                config, fleet, blobs.map(BlobStore.class::cast), new JacksonCodec(), Clock.systemUTC());
        parts.add(server::close);
        if (!options.listensHereOnly()) {
            log.warn("tokens travel in the clear: put a proxy that speaks TLS in front");
        }
        announce(options.url(server.port()), tokens);
    }

    /** What is there already is left as it is, also where it differs. */
    private static void applyTopology(NatsOptions broker) {
        NatsFleet.applyTopology(broker)
                .with(Standing.DIFFERS)
                .forEach(item -> log.warn(
                        "{} {} differs and is left as it is: {}", item.kind(), item.name(), item.differences()));
    }

    /** What a store does not offer, such as versions, is done without. */
    private static void applyLayout(S3BlobStore blobs) {
        blobs.buckets()
                .apply(StorageLayout.defaults())
                .with(StoragePlan.Standing.DIFFERS)
                .forEach(item -> log.warn(
                        "bucket {}: {} differs and is left as it is: {}", item.bucket(), item.what(), item.found()));
    }

    /** For people and for scripts, which wait for the first line. */
    private static void announce(String url, OfferedTokens tokens) {
        System.out.println("listening on " + url);
        tokens.generated().ifPresent(token -> {
            System.out.println("token of " + ServerOptions.DEMO.name() + " (operator): " + token);
            System.out.println("page: " + url + "/#token=" + token);
        });
    }

    private static String explained(FleetException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains(NO_ROOM) ? message + "; --storage GIB reserves less" : message;
    }

    private static int complain(@Nullable String problem) {
        System.err.println("reference-server: " + problem);
        return USERS_MISTAKE;
    }
}
