package io.fleetsdk.server.health;

import io.fleetsdk.Fleet;
import io.fleetsdk.FleetException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** Alive while it answers; ready while the broker can be reached and the robots are known. */
public final class Health {
    private final Fleet fleet;

    public Health(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Whether a part works. */
    enum State {
        UP,
        DOWN
    }

    /** One part, and what there is to say of it. */
    record Component(State status, String detail) {}

    /** The whole: up if every part is. */
    record Report(State status, Map<String, Component> components) {
        static Report of(Map<String, Component> components) {
            boolean up = components.values().stream().allMatch(component -> component.status() == State.UP);
            return new Report(up ? State.UP : State.DOWN, components);
        }
    }

    public void live(Context ctx) {
        answer(ctx, Report.of(Map.of()));
    }

    public void ready(Context ctx) {
        Map<String, Component> components = new LinkedHashMap<>();
        components.put("broker", broker());
        components.put("registry", registry());
        answer(ctx, Report.of(components));
    }

    private Component broker() {
        return fleet.isConnected()
                ? new Component(State.UP, "connected")
                : new Component(State.DOWN, "the broker cannot be reached");
    }

    private Component registry() {
        try {
            return new Component(State.UP, fleet.robots().list().size() + " robots");
        } catch (FleetException e) {
            return new Component(State.DOWN, "the robots are not loaded: " + e.getMessage());
        }
    }

    private static void answer(Context ctx, Report report) {
        ctx.status(report.status() == State.UP ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .json(report);
    }
}
