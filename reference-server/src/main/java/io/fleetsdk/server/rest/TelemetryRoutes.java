package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryQuery;
import io.fleetsdk.telemetry.TelemetryReading;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What a robot measured. */
public final class TelemetryRoutes {
    private static final int USUAL_LIMIT = 1_000;
    private static final int MOST = 10_000;

    private final Fleet fleet;
    private final FleetView view;

    public TelemetryRoutes(Fleet fleet, FleetView view) {
        this.fleet = fleet;
        this.view = view;
    }

    /** A stretch of one channel, oldest first. */
    record History(String robotId, String channel, List<Reading> readings) {}

    /** One message. */
    record Reading(Instant sentAt, Instant storedAt, OptionalLong seq, JsonObject payload) {
        static Reading of(TelemetryReading reading) {
            return new Reading(reading.sentAt(), reading.storedAt(), reading.seq(), reading.payload());
        }
    }

    public void history(Context ctx) {
        RobotId robot = view.named(ctx).id();
        TelemetryChannel channel = RequestQuery.parameter(ctx, "channel")
                .map(TelemetryChannel::new)
                .orElse(TelemetryChannel.WHOLE);
        TelemetryQuery query = new TelemetryQuery(
                robot,
                channel,
                RequestQuery.instant(ctx, "from"),
                RequestQuery.instant(ctx, "to"),
                RequestQuery.limit(ctx, USUAL_LIMIT, MOST));
        List<Reading> readings =
                fleet.telemetry().history(query).stream().map(Reading::of).toList();
        ctx.json(new History(robot.value(), channel.name(), readings));
    }
}
