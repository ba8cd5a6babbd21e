package io.fleetsdk.server;

import static io.fleetsdk.server.auth.Role.ADMIN;
import static io.fleetsdk.server.auth.Role.ANYONE;
import static io.fleetsdk.server.auth.Role.OPERATOR;
import static io.fleetsdk.server.auth.Role.VIEWER;
import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.HEAD;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import io.fleetsdk.Fleet;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.server.auth.Role;
import io.fleetsdk.server.health.FleetMetrics;
import io.fleetsdk.server.health.Health;
import io.fleetsdk.server.live.LiveStream;
import io.fleetsdk.server.rest.CommandRoutes;
import io.fleetsdk.server.rest.DatasetRoutes;
import io.fleetsdk.server.rest.DeadLetterRoutes;
import io.fleetsdk.server.rest.FleetView;
import io.fleetsdk.server.rest.JobRoutes;
import io.fleetsdk.server.rest.ModelAliasRoutes;
import io.fleetsdk.server.rest.ModelFileRoutes;
import io.fleetsdk.server.rest.ModelRoutes;
import io.fleetsdk.server.rest.OpenApi;
import io.fleetsdk.server.rest.QuarantineRoutes;
import io.fleetsdk.server.rest.QueueRoutes;
import io.fleetsdk.server.rest.QueueView;
import io.fleetsdk.server.rest.RobotRoutes;
import io.fleetsdk.server.rest.ScheduleRoutes;
import io.fleetsdk.server.rest.SessionRoutes;
import io.fleetsdk.server.rest.SettingsRoutes;
import io.fleetsdk.server.rest.StopRoutes;
import io.fleetsdk.server.rest.TelemetryRoutes;
import io.fleetsdk.server.rest.TrainingRoutes;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.model.ModelStore;
import io.fleetsdk.training.TrainingService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every route with the role it needs, in one table. What is not in it does not exist. */
record ApiRoutes(List<Route> routes) {
    private static final String ROBOT = "/api/v1/robots/{robotId}";
    private static final String JOBS = "/api/v1/jobs";
    private static final String JOB = JOBS + "/{queue}/{jobId}";
    private static final String QUEUES = JOBS + "/queues";
    private static final String DEAD = JOBS + "/dead-letters";
    private static final String SCHEDULES = JOBS + "/schedules";
    private static final String SCHEDULE = SCHEDULES + "/{queue}/{name}";
    private static final String DATASET_VERSION = "/api/v1/datasets/{dataset}/versions/{version}";
    private static final String TRAINING = "/api/v1/training";
    private static final String MODEL = "/api/v1/models/{model}";
    private static final String MODEL_VERSION = MODEL + "/versions/{version}";
    private static final String MODEL_ALIAS = MODEL + "/aliases/{alias}";

    /** One route. */
    record Route(HandlerType method, String path, Role role, Handler handler) {}

    static ApiRoutes of(
            Fleet fleet,
            FleetView view,
            QueueView queues,
            LiveStream live,
            FleetMetrics metrics,
            JsonCodec codec,
            Optional<ModelStore> models,
            TrainingService training,
            Optional<BlobStore> blobs) {
        return new ApiRoutes(Stream.of(
                        ofServer(fleet, live, metrics),
                        ofRobots(fleet, view, codec),
                        ofQueues(fleet, queues, codec),
                        ofJobs(fleet, codec),
                        ofModels(fleet, codec, models),
                        ofTraining(codec, training),
                        ofDatasets(blobs))
                .flatMap(List::stream)
                .toList());
    }

    private static List<Route> ofServer(Fleet fleet, LiveStream live, FleetMetrics metrics) {
        Health health = new Health(fleet);
        return List.of(
                new Route(GET, "/api/v1/session", VIEWER, SessionRoutes::show),
                new Route(GET, "/api/v1/events", VIEWER, live::connect),
                new Route(GET, "/api/v1/quarantine", VIEWER, new QuarantineRoutes(fleet)::show),
                new Route(GET, "/metrics", VIEWER, metrics::scrape),
                new Route(GET, "/health/live", ANYONE, health::live),
                new Route(GET, "/health/ready", ANYONE, health::ready),
                new Route(GET, "/openapi.json", ANYONE, OpenApi::show));
    }

    private static List<Route> ofRobots(Fleet fleet, FleetView view, JsonCodec codec) {
        RobotRoutes robots = new RobotRoutes(fleet, view, codec);
        CommandRoutes commands = new CommandRoutes(fleet, view, codec);
        SettingsRoutes settings = new SettingsRoutes(fleet, view, codec);
        TelemetryRoutes telemetry = new TelemetryRoutes(fleet, view);
        StopRoutes stops = new StopRoutes(fleet, view, codec);
        return List.of(
                new Route(GET, "/api/v1/robots", VIEWER, robots::list),
                new Route(GET, ROBOT, VIEWER, robots::find),
                new Route(PUT, ROBOT, OPERATOR, robots::update),
                new Route(GET, ROBOT + "/identity", VIEWER, robots::identity),
                new Route(GET, ROBOT + "/identity/history", VIEWER, robots::identityHistory),
                new Route(GET, ROBOT + "/capability", VIEWER, robots::capability),
                new Route(GET, ROBOT + "/capability/history", VIEWER, robots::capabilityHistory),
                new Route(GET, ROBOT + "/telemetry", VIEWER, telemetry::history),
                new Route(GET, ROBOT + "/commands", VIEWER, commands::recent),
                new Route(POST, ROBOT + "/commands", OPERATOR, commands::send),
                new Route(GET, ROBOT + "/commands/{commandId}", VIEWER, commands::find),
                new Route(DELETE, ROBOT + "/commands/{commandId}", OPERATOR, commands::cancel),
                new Route(POST, "/api/v1/commands", OPERATOR, commands::sendToMany),
                new Route(GET, ROBOT + "/settings/desired", VIEWER, settings::desired),
                new Route(PUT, ROBOT + "/settings/desired", OPERATOR, settings::replace),
                new Route(PATCH, ROBOT + "/settings/desired", OPERATOR, settings::patch),
                new Route(GET, ROBOT + "/settings/reported", VIEWER, settings::reported),
                new Route(GET, ROBOT + "/settings/delta", VIEWER, settings::delta),
                new Route(GET, ROBOT + "/emergency-stop", VIEWER, stops::latch),
                new Route(POST, ROBOT + "/emergency-stop", OPERATOR, stops::stop),
                new Route(DELETE, ROBOT + "/emergency-stop", OPERATOR, stops::release),
                new Route(GET, "/api/v1/emergency-stop", VIEWER, stops::fleetLatch),
                new Route(POST, "/api/v1/emergency-stop", OPERATOR, stops::stopAll),
                new Route(DELETE, "/api/v1/emergency-stop", OPERATOR, stops::releaseAll));
    }

    /** The first route that fits is taken: those with a word where {@link #ofJobs} has a queue stand before it. */
    private static List<Route> ofQueues(Fleet fleet, QueueView view, JsonCodec codec) {
        QueueRoutes queues = new QueueRoutes(fleet, view, codec);
        DeadLetterRoutes dead = new DeadLetterRoutes(fleet, codec);
        ScheduleRoutes schedules = new ScheduleRoutes(fleet, codec);
        return List.of(
                new Route(GET, QUEUES, VIEWER, queues::list),
                new Route(POST, QUEUES, ADMIN, queues::define),
                new Route(GET, QUEUES + "/{queue}", VIEWER, queues::find),
                new Route(POST, QUEUES + "/{queue}/pause", OPERATOR, queues::pause),
                new Route(POST, QUEUES + "/{queue}/resume", OPERATOR, queues::resume),
                new Route(PUT, QUEUES + "/{queue}/limits", ADMIN, queues::limit),
                new Route(GET, QUEUES + "/{queue}/workers", VIEWER, queues::workers),
                new Route(POST, QUEUES + "/{queue}/workers/{workerId}/order", OPERATOR, queues::order),
                new Route(GET, DEAD, VIEWER, dead::list),
                new Route(POST, DEAD + "/{queue}/retry", OPERATOR, dead::retryAll),
                new Route(DELETE, DEAD + "/{queue}", ADMIN, dead::purgeAll),
                new Route(GET, DEAD + "/{queue}/{jobId}", VIEWER, dead::find),
                new Route(DELETE, DEAD + "/{queue}/{jobId}", ADMIN, dead::purge),
                new Route(POST, DEAD + "/{queue}/{jobId}/retry", OPERATOR, dead::retry),
                new Route(GET, SCHEDULES, VIEWER, schedules::list),
                new Route(GET, SCHEDULE, VIEWER, schedules::find),
                new Route(PUT, SCHEDULE, OPERATOR, schedules::put),
                new Route(DELETE, SCHEDULE, OPERATOR, schedules::remove),
                new Route(POST, SCHEDULE + "/pause", OPERATOR, schedules::pause),
                new Route(POST, SCHEDULE + "/resume", OPERATOR, schedules::resume),
                new Route(POST, SCHEDULE + "/trigger", OPERATOR, schedules::trigger));
    }

    private static List<Route> ofJobs(Fleet fleet, JsonCodec codec) {
        JobRoutes jobs = new JobRoutes(fleet, codec);
        return List.of(
                new Route(GET, JOBS, VIEWER, jobs::list),
                new Route(POST, JOBS, OPERATOR, jobs::submit),
                new Route(POST, JOBS + "/bulk", OPERATOR, jobs::submitAll),
                new Route(POST, JOBS + "/flows", OPERATOR, jobs::submitFlow),
                new Route(GET, JOB, VIEWER, jobs::find),
                new Route(GET, JOB + "/tree", VIEWER, jobs::tree),
                new Route(POST, JOB + "/cancel", OPERATOR, jobs::cancel),
                new Route(POST, JOB + "/retry", OPERATOR, new DeadLetterRoutes(fleet, codec)::retry));
    }

    private static List<Route> ofModels(Fleet fleet, JsonCodec codec, Optional<ModelStore> store) {
        ModelRoutes models = new ModelRoutes(fleet, codec);
        ModelFileRoutes files = new ModelFileRoutes(fleet, store);
        ModelAliasRoutes aliases = new ModelAliasRoutes(fleet, codec);
        return List.of(
                new Route(GET, "/api/v1/models", VIEWER, models::list),
                new Route(GET, "/api/v1/model-versions", VIEWER, models::search),
                new Route(GET, MODEL, VIEWER, models::find),
                new Route(GET, MODEL + "/versions", VIEWER, models::versions),
                new Route(POST, MODEL + "/versions", OPERATOR, files::upload),
                new Route(GET, MODEL_VERSION, VIEWER, models::version),
                new Route(GET, MODEL_VERSION + "/file", VIEWER, files::download),
                new Route(POST, MODEL_VERSION + "/signatures", OPERATOR, models::sign),
                new Route(POST, MODEL_VERSION + "/retire", ADMIN, models::retire),
                new Route(GET, MODEL_ALIAS, VIEWER, aliases::find),
                new Route(GET, MODEL_ALIAS + "/history", VIEWER, aliases::history),
                new Route(PUT, MODEL_ALIAS, OPERATOR, aliases::point),
                new Route(DELETE, MODEL_ALIAS, OPERATOR, aliases::clear));
    }

    private static List<Route> ofTraining(JsonCodec codec, TrainingService service) {
        TrainingRoutes training = new TrainingRoutes(service, codec);
        return List.of(
                new Route(GET, TRAINING, VIEWER, training::list),
                new Route(POST, TRAINING, OPERATOR, training::submit),
                new Route(GET, TRAINING + "/{runId}", VIEWER, training::find),
                new Route(POST, TRAINING + "/{runId}/cancel", OPERATOR, training::cancel),
                new Route(POST, TRAINING + "/{runId}/resume", OPERATOR, training::resume));
    }

    private static List<Route> ofDatasets(Optional<BlobStore> blobs) {
        DatasetRoutes datasets = new DatasetRoutes(blobs);
        return List.of(
                new Route(GET, "/api/v1/datasets", VIEWER, datasets::list),
                new Route(GET, DATASET_VERSION, VIEWER, datasets::find),
                new Route(PUT, DATASET_VERSION, OPERATOR, datasets::upload),
                new Route(GET, DATASET_VERSION + "/archive", VIEWER, datasets::download));
    }

    /** HEAD is answered as GET: else it would be matched without a role. */
    void install(RoutesConfig javalin) {
        for (Route route : routes) {
            javalin.addHttpHandler(route.method(), route.path(), route.handler(), route.role());
            if (route.method().equals(GET)) {
                javalin.addHttpHandler(HEAD, route.path(), route.handler(), route.role());
            }
        }
    }
}
