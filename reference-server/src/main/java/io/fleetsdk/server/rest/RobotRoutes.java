package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.robot.MetadataUpdate;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotId;
import io.javalin.http.Context;

/** Who the robots are, and what operators say about them. */
public final class RobotRoutes {
    private final Fleet fleet;
    private final FleetView view;
    private final JsonCodec codec;

    public RobotRoutes(Fleet fleet, FleetView view, JsonCodec codec) {
        this.fleet = fleet;
        this.view = view;
        this.codec = codec;
    }

    public void list(Context ctx) {
        ctx.json(view.robots());
    }

    public void find(Context ctx) {
        ctx.json(view.robot(view.named(ctx)));
    }

    public void identity(Context ctx) {
        Robot robot = view.named(ctx);
        ctx.json(ReceivedDto.of(robot.id(), FleetView.said(robot, "identity", robot.identity())));
    }

    public void capability(Context ctx) {
        Robot robot = view.named(ctx);
        ctx.json(ReceivedDto.of(robot.id(), FleetView.said(robot, "capability", robot.capability())));
    }

    public void identityHistory(Context ctx) {
        RobotId id = view.named(ctx).id();
        ctx.json(fleet.robots().identityHistory(id).stream()
                .map(received -> ReceivedDto.of(id, received))
                .toList());
    }

    public void capabilityHistory(Context ctx) {
        RobotId id = view.named(ctx).id();
        ctx.json(fleet.robots().capabilityHistory(id).stream()
                .map(received -> ReceivedDto.of(id, received))
                .toList());
    }

    /** Also for a robot that was never seen: that is how one is described before it arrives. */
    public void update(Context ctx) {
        RobotId id = RequestQuery.robotId(ctx);
        ctx.json(view.robot(fleet.robots().update(id, change(ctx))));
    }

    private MetadataUpdate change(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        MetadataUpdate change = new MetadataUpdate(
                body.text("displayName"),
                body.flag("isEnabled"),
                body.texts("tags"),
                body.text("notes"),
                RequestQuery.ifMatch(ctx));
        body.check();
        return change;
    }
}
