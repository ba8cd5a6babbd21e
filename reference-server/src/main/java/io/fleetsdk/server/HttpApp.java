package io.fleetsdk.server;

import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.server.auth.Gate;
import io.fleetsdk.server.auth.Role;
import io.fleetsdk.server.health.FleetMetrics;
import io.fleetsdk.server.rest.AuditLog;
import io.fleetsdk.server.rest.CodecMapper;
import io.fleetsdk.server.rest.ProblemPages;
import io.fleetsdk.server.rest.Problems;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.StaticFilesConfig;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** How HTTP is spoken here, whatever the routes: limits, gate, errors, headers, logs, files. */
final class HttpApp {
    private static final long LARGEST_BODY = 1024 * 1024;
    private static final int MOST_THREADS = 32;
    private static final int LEAST_THREADS = 4;
    private static final String A_YEAR = "max-age=31536000, immutable";
    private static final String ASK_FIRST = "no-cache";

    private HttpApp() {}

    static Javalin create(ServerConfig config, ApiRoutes routes, FleetMetrics metrics, JsonCodec codec) {
        return Javalin.create(javalin -> {
            quiet(javalin);
            limits(javalin, codec);
            files(javalin.staticFiles);
            javalin.jsonMapper(new CodecMapper(codec));
            javalin.requestLogger.http(metrics::count);
            javalin.routes.before(new SecurityHeaders());
            javalin.routes.beforeMatched(new Gate(config.tokens()));
            javalin.routes.after(new AuditLog(codec));
            Problems problems = new Problems(codec);
            problems.install(javalin.routes);
            javalin.router.javaLangErrorHandler(problems::fatal);
            routes.install(javalin.routes);
        });
    }

    private static void quiet(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
    }

    private static void limits(JavalinConfig javalin, JsonCodec codec) {
        javalin.http.maxRequestSize = LARGEST_BODY;
        javalin.http.prefer405over404 = true;
        javalin.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        javalin.jetty.modifyServer(server -> server.setErrorHandler(new ProblemPages(codec)));
    }

    /** A WebJar's path holds its version; the page's do not. */
    private static void files(StaticFilesConfig files) {
        files(files, "/", "/page", ASK_FIRST);
        files(files, "/webjars", "META-INF/resources/webjars", A_YEAR);
    }

    private static void files(StaticFilesConfig files, String path, String directory, String caching) {
        files.add(file -> {
            file.hostedPath = path;
            file.directory = directory;
            file.roles = Set.of(Role.ANYONE);
            file.headers = Map.of("Cache-Control", caching);
        });
    }
}
