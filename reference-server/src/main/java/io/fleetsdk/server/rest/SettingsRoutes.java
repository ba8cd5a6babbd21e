package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.server.auth.Gate;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsGuard;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What robots should be set to, what they are set to, and the difference. */
public final class SettingsRoutes {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Fleet fleet;
    private final FleetView view;
    private final JsonCodec codec;

    public SettingsRoutes(Fleet fleet, FleetView view, JsonCodec codec) {
        this.fleet = fleet;
        this.view = view;
        this.codec = codec;
    }

    /** What is desired. */
    record Desired(
            String robotId,
            long revision,
            JsonObject payload,
            Map<String, Instant> changedAt,
            Optional<String> requestedBy) {}

    /** What is applied. */
    record Reported(
            String robotId, Instant receivedAt, JsonObject payload, long appliedRevision, Map<String, String> errors) {}

    /** The answer to a change. */
    record Changed(boolean ok, long revision) {}

    public void desired(Context ctx) {
        RobotId robot = view.named(ctx).id();
        DesiredSettings desired = fleet.settings().desired(robot);
        ctx.header(Header.ETAG, etag(desired.revision()))
                .json(new Desired(
                        robot.value(),
                        desired.revision(),
                        desired.settings(),
                        desired.changedAt(),
                        desired.requestedBy()));
    }

    public void replace(Context ctx) {
        RobotId robot = view.named(ctx).id();
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<JsonObject> payload = body.object("payload");
        body.check();
        JsonObject settings = payload.orElseThrow(() -> new InvalidInputException("payload", "missing", "is required"));
        changed(ctx, fleet.settings().replace(robot, settings, guard(ctx), who(ctx)));
    }

    public void patch(Context ctx) {
        RobotId robot = view.named(ctx).id();
        JsonObject patch = RequestBody.object(ctx, codec, MERGE_PATCH);
        changed(ctx, fleet.settings().patch(robot, patch, guard(ctx), who(ctx)));
    }

    public void reported(Context ctx) {
        RobotId robot = view.named(ctx).id();
        Received<ReportedSettings> received = fleet.settings()
                .reported(robot)
                .orElseThrow(() -> new NotFoundException(robot + " has not reported its settings yet"));
        ReportedSettings reported = received.value();
        ctx.json(new Reported(
                robot.value(),
                received.receivedAt(),
                reported.settings(),
                reported.appliedRevision(),
                reported.errors()));
    }

    public void delta(Context ctx) {
        RobotId robot = view.named(ctx).id();
        ctx.json(DeltaDto.of(robot, fleet.settings().delta(robot)));
    }

    private static void changed(Context ctx, DesiredSettings desired) {
        AuditLog.note(ctx, "revision", desired.revision());
        ctx.header(Header.ETAG, etag(desired.revision())).json(new Changed(true, desired.revision()));
    }

    private static SettingsGuard guard(Context ctx) {
        return new SettingsGuard(RequestQuery.ifMatch(ctx));
    }

    private static String who(Context ctx) {
        return Gate.principal(ctx).name();
    }

    private static String etag(long revision) {
        return '"' + Long.toString(revision) + '"';
    }
}
