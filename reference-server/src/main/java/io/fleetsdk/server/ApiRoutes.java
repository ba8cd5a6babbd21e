package io.fleetsdk.server;

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
import io.fleetsdk.server.rest.FleetView;
import io.fleetsdk.server.rest.OpenApi;
import io.fleetsdk.server.rest.QuarantineRoutes;
import io.fleetsdk.server.rest.RobotRoutes;
import io.fleetsdk.server.rest.SessionRoutes;
import io.fleetsdk.server.rest.SettingsRoutes;
import io.fleetsdk.server.rest.StopRoutes;
import io.fleetsdk.server.rest.TelemetryRoutes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/** Every route with the role it needs, in one table. What is not in it does not exist. */
record ApiRoutes(List<Route> routes) {
    private static final String ROBOT = "/api/v1/robots/{robotId}";

    /** One route. */
    record Route(HandlerType method, String path, Role role, Handler handler) {}

    static ApiRoutes of(Fleet fleet, FleetView view, LiveStream live, FleetMetrics metrics, JsonCodec codec) {
        RobotRoutes robots = new RobotRoutes(fleet, view, codec);
        CommandRoutes commands = new CommandRoutes(fleet, view, codec);
        SettingsRoutes settings = new SettingsRoutes(fleet, view, codec);
        TelemetryRoutes telemetry = new TelemetryRoutes(fleet, view);
        StopRoutes stops = new StopRoutes(fleet, view, codec);
        Health health = new Health(fleet);
        return new ApiRoutes(List.of(
                new Route(GET, "/api/v1/session", VIEWER, SessionRoutes::show),
                new Route(GET, "/api/v1/events", VIEWER, live::connect),
                new Route(GET, "/api/v1/quarantine", VIEWER, new QuarantineRoutes(fleet)::show),
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
                new Route(DELETE, "/api/v1/emergency-stop", OPERATOR, stops::releaseAll),
                new Route(GET, "/metrics", VIEWER, metrics::scrape),
                new Route(GET, "/health/live", ANYONE, health::live),
                new Route(GET, "/health/ready", ANYONE, health::ready),
                new Route(GET, "/openapi.json", ANYONE, OpenApi::show)));
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
