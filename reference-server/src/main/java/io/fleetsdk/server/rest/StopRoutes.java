package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.server.auth.Gate;
import io.javalin.http.Context;

/** Emergency stops of one robot and of all. */
public final class StopRoutes {
    private final Fleet fleet;
    private final FleetView view;
    private final JsonCodec codec;

    public StopRoutes(Fleet fleet, FleetView view, JsonCodec codec) {
        this.fleet = fleet;
        this.view = view;
        this.codec = codec;
    }

    public void stop(Context ctx) {
        answer(ctx, fleet.emergencyStop().stop(view.named(ctx).id(), reason(ctx), who(ctx)));
    }

    public void release(Context ctx) {
        answer(ctx, fleet.emergencyStop().release(view.named(ctx).id(), reason(ctx), who(ctx)));
    }

    public void latch(Context ctx) {
        answer(ctx, fleet.emergencyStop().latch(view.named(ctx).id()));
    }

    public void stopAll(Context ctx) {
        answer(ctx, fleet.emergencyStop().stopAll(reason(ctx), who(ctx)));
    }

    public void releaseAll(Context ctx) {
        answer(ctx, fleet.emergencyStop().releaseAll(reason(ctx), who(ctx)));
    }

    public void fleetLatch(Context ctx) {
        answer(ctx, fleet.emergencyStop().fleetLatch());
    }

    /** Nothing is refused for want of a reason: somebody may be in a hurry. */
    private String reason(Context ctx) {
        RequestBody body = RequestBody.optional(ctx, codec);
        String reason = body.text("reason").orElse("");
        body.check();
        return reason;
    }

    private static String who(Context ctx) {
        return Gate.principal(ctx).name();
    }

    private static void answer(Context ctx, StopLatch latch) {
        AuditLog.note(ctx, "revision", latch.revision());
        AuditLog.note(ctx, "reason", latch.reason());
        ctx.json(latch);
    }
}
