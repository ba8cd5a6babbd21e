package io.fleetsdk.server;

import io.fleetsdk.Fleet;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.server.health.FleetMetrics;
import io.fleetsdk.server.live.LiveStream;
import io.fleetsdk.server.rest.FleetView;
import io.fleetsdk.server.rest.QueueView;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.model.ModelStore;
import io.fleetsdk.storage.training.QueuedTraining;
import io.fleetsdk.storage.training.StoredTraining;
import io.fleetsdk.training.TrainingService;
import io.javalin.Javalin;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The HTTP server in front of a fleet: starts the parts, owns them, and ends them in reverse. Thread-safe. */
public final class FleetServer implements AutoCloseable {
    private final Javalin app;
    private final ApiRoutes routes;
    private final OwnedParts parts;

    private FleetServer(Javalin app, ApiRoutes routes, OwnedParts parts) {
        this.app = app;
        this.routes = routes;
        this.parts = parts;
    }

    /** {@link #start(ServerConfig, Fleet, Optional, JsonCodec, Clock)} without a store: files are neither taken nor given. */
    public static FleetServer start(ServerConfig config, Fleet fleet, JsonCodec codec, Clock clock) {
        return start(config, fleet, Optional.empty(), codec, clock);
    }

    /**
     * Starts to look after the fleet's robots and to listen.
     *
     * @param fleet stays the caller's
     * @param blobs where files are kept; stays the caller's
     * @throws io.javalin.util.JavalinBindException if the address is taken or not this machine's
     * @throws io.fleetsdk.UnavailableException if the broker cannot be reached
     */
    public static FleetServer start(
            ServerConfig config, Fleet fleet, Optional<BlobStore> blobs, JsonCodec codec, Clock clock) {
        OwnedParts parts = new OwnedParts();
        try {
            return started(config, fleet, blobs, codec, clock, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static FleetServer started(
            ServerConfig config,
            Fleet fleet,
            Optional<BlobStore> blobs,
            JsonCodec codec,
            Clock clock,
            OwnedParts parts) {
        ScheduledExecutorService ticker = Executors.newScheduledThreadPool(2, work -> new Thread(work, "live-ticker"));
        parts.add(ticker::shutdownNow);
        FleetView view = FleetView.follow(fleet);
        parts.add(view::close);
        QueueView queues = new QueueView(fleet);
        LiveStream live = LiveStream.follow(fleet, view, queues, codec, clock, config.keepAlive(), ticker);
        FleetMetrics metrics = FleetMetrics.follow(fleet, queues, live, clock);
        parts.add(metrics::close);
        parts.add(fleet.robots().discover()::close);
        Optional<ModelStore> models = blobs.map(store -> new ModelStore(store, fleet.models(), clock));
        TrainingService training =
                blobs.map(store -> training(fleet, store, clock)).orElseGet(() -> QueuedTraining.withoutStores(fleet));
        ApiRoutes routes = ApiRoutes.of(fleet, view, queues, live, metrics, codec, models, training, blobs);
        Javalin app = HttpApp.create(config, routes, metrics, codec);
        parts.add(app::stop);
        app.start(config.host(), config.port());
        // Last in, first out: the clients are sent away before the server waits for their requests to end.
        parts.add(live::close);
        return new FleetServer(app, routes, parts);
    }

    /** Signs nothing: that is for the workers, which alone hold the key. */
    private static QueuedTraining training(Fleet fleet, BlobStore store, Clock clock) {
        return QueuedTraining.on(fleet, new StoredTraining(store, fleet.models(), Optional.empty(), clock));
    }

    /** The port listened on. */
    public int port() {
        return app.port();
    }

    ApiRoutes routes() {
        return routes;
    }

    /** Ends the live clients, the HTTP server and what follows the fleet. Idempotent. */
    @Override
    public void close() {
        parts.close();
    }
}
