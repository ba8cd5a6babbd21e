package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.command.Priority;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.server.auth.Gate;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Instructions to one robot, to those with a tag, or to all, and what became of them. */
public final class CommandRoutes {
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 1_000;
    private static final Map<String, String> OWN_ROUTES = Map.of(
            CommandTypes.EMERGENCY_STOP, "must be asked for by POST …/emergency-stop",
            CommandTypes.EMERGENCY_STOP_RELEASE, "must be asked for by DELETE …/emergency-stop",
            CommandTypes.CANCEL, "must be asked for by DELETE …/commands/{commandId}");

    private final Fleet fleet;
    private final FleetView view;
    private final JsonCodec codec;

    public CommandRoutes(Fleet fleet, FleetView view, JsonCodec codec) {
        this.fleet = fleet;
        this.view = view;
        this.codec = codec;
    }

    /** The answer to a command that was accepted for delivery. */
    record Sent(Optional<String> robotId, UUID commandId) {
        static Sent of(CommandHandle handle) {
            return new Sent(Optional.of(handle.robotId().value()), handle.commandId());
        }
    }

    /** The answer to a command for several robots. */
    record SentToMany(List<Sent> commands) {}

    public void send(Context ctx) {
        RobotId robot = view.named(ctx).id();
        RequestBody body = RequestBody.of(ctx, codec);
        CommandRequest request = request(ctx, body);
        Sent sent = Sent.of(fleet.commands().send(robot, request));
        AuditLog.note(ctx, "commandId", sent.commandId());
        accept(ctx, sent);
    }

    public void sendToMany(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<JsonObject> target = body.object("target");
        CommandRequest request = request(ctx, body);
        SentToMany sent = new SentToMany(sendTo(target.orElse(JsonObject.empty()), request));
        AuditLog.note(ctx, "target", target.orElse(JsonObject.empty()));
        AuditLog.note(ctx, "commands", sent.commands().size());
        accept(ctx, sent);
    }

    public void recent(Context ctx) {
        RobotId robot = view.named(ctx).id();
        ctx.json(fleet.commands().recent(robot, RequestQuery.limit(ctx, USUAL_LIMIT, MOST)).stream()
                .map(CommandDto::of)
                .toList());
    }

    public void find(Context ctx) {
        RobotId robot = view.named(ctx).id();
        UUID id = RequestQuery.commandId(ctx);
        CommandExecution execution = fleet.commands()
                .find(robot, id)
                .orElseThrow(() -> new NotFoundException("no command " + id + " to " + robot + " is known"));
        ctx.json(CommandDto.of(execution));
    }

    public void cancel(Context ctx) {
        RobotId robot = view.named(ctx).id();
        UUID id = RequestQuery.commandId(ctx);
        fleet.commands().cancel(robot, id);
        accept(ctx, new Sent(Optional.of(robot.value()), id));
    }

    private List<Sent> sendTo(JsonObject target, CommandRequest request) {
        if (target.equals(JsonObject.of("all", true))) {
            return List.of(new Sent(Optional.empty(), fleet.commands().sendToAll(request)));
        }
        String tag = target.string("tag")
                .filter(text -> target.asMap().size() == 1)
                .orElseThrow(() ->
                        new InvalidInputException("target", target, "must be {\"all\": true} or {\"tag\": \"<tag>\"}"));
        return fleet.commands().sendToTag(tag, request).stream().map(Sent::of).toList();
    }

    private static CommandRequest request(Context ctx, RequestBody body) {
        String type = body.requiredText("commandType");
        Optional<JsonObject> payload = body.object("payload");
        Optional<UUID> id = body.uuid("commandId");
        Optional<Priority> priority = body.word("priority", Priority.class);
        Optional<Long> seconds = body.integer("timeToLiveSeconds");
        body.check();
        if (OWN_ROUTES.containsKey(type)) {
            throw new InvalidInputException("commandType", type, OWN_ROUTES.get(type));
        }
        AuditLog.note(ctx, "commandType", type);
        CommandRequest request = CommandRequest.of(type, payload.orElse(JsonObject.empty()))
                .requestedBy(Gate.principal(ctx).name());
        request = id.isPresent() ? request.withCommandId(id.get()) : request;
        request = priority.isPresent() ? request.withPriority(priority.get()) : request;
        return seconds.isPresent() ? request.withTimeToLive(Duration.ofSeconds(seconds.get())) : request;
    }

    private static void accept(Context ctx, Object answer) {
        ctx.status(HttpStatus.ACCEPTED).json(answer);
    }
}
