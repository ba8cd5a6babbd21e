package io.fleetsdk.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server in front of a fleet. Thread-safe. */
public final class FleetServer implements AutoCloseable {
    private static final int MOST_THREADS = 32;
    private static final int LEAST_THREADS = 4;

    private final Javalin app;

    private FleetServer(Javalin app) {
        this.app = app;
    }

    /**
     * Starts to listen.
     *
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public static FleetServer start(ServerConfig config) {
        Javalin app = Javalin.create(FleetServer::configure);
        app.start(config.host(), config.port());
        return new FleetServer(app);
    }

    /** The port listened on. */
    public int port() {
        return app.port();
    }

    @Override
    public void close() {
        app.stop();
    }

    private static void configure(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        javalin.staticFiles.add("/page");
        javalin.staticFiles.enableWebjars();
    }
}
