package io.fleetsdk.server.cli.models;

import io.fleetsdk.Fleet;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.server.cli.jobs.Screen;
import io.fleetsdk.server.cli.jobs.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Trained models: what all its commands share. */
@Command(
        name = "model",
        aliases = "models",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trained models: publish, look, sign, verify, point aliases.",
        subcommands = {
            PushCommand.class,
            PullCommand.class,
            ListCommand.class,
            ShowCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            AliasCommand.class,
            RetireCommand.class,
            KeygenCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the model is not trusted",
            "2:wrong use, or the registry forbids it; named in one line",
            "3:the broker or the store cannot be reached or did not answer"
        })
public final class ModelCommand {
    static final int DONE = 0;
    static final int NOT_TRUSTED = 1;

    @Option(
            names = "--nats",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "nats://127.0.0.1:4222",
            description = "The broker. Default: ${DEFAULT-VALUE}")
    private String url = "";

    @Option(names = "--credentials", scope = ScopeType.INHERIT, paramLabel = "FILE", description = "A .creds file")
    private Optional<Path> credentials = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Connects for as long as the action takes; its answer is the exit code. */
    int with(ToIntFunction<Fleet> action) {
        NatsOptions options = NatsOptions.builder()
                .server(url)
                .name("fleet-model")
                .credentials(credentials.map(NatsCredentials::file).orElse(NatsCredentials.none()))
                .build();
        try (Fleet fleet = NatsFleet.connect(options)) {
            return action.applyAsInt(fleet);
        }
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    Screen screen() {
        return new Screen(spec.commandLine().getOut(), Terminal.of(System.getenv()));
    }

    /** Who is written down as having done it. */
    static String user() {
        return System.getProperty("user.name", "unknown");
    }
}
