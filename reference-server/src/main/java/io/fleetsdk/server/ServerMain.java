package io.fleetsdk.server;

import io.javalin.util.JavalinBindException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The reference server as a program. */
@Command(
        name = "reference-server",
        mixinStandardHelpOptions = true,
        description = "Serves a fleet over HTTP: REST, live stream, page, metrics.",
        exitCodeOnInvalidInput = 2)
public final class ServerMain implements Callable<Integer> {
    private static final int USERS_MISTAKE = 2;

    @Option(names = "--port", defaultValue = "8080", description = "Port to listen on (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to bind (default ${DEFAULT-VALUE}).")
    private String host = "";

    private ServerMain() {}

    public static void main(String[] arguments) {
        int code = new CommandLine(new ServerMain()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        try {
            FleetServer server = FleetServer.start(new ServerConfig(host, port));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            System.out.println("listening on http://" + host + ":" + server.port());
            return 0;
        } catch (JavalinBindException e) {
            System.err.println("port " + port + " is in use: choose another with --port");
            return USERS_MISTAKE;
        }
    }
}
