package io.fleetsdk.agent.simulation;

import io.fleetsdk.json.JsonObject;

/** A point on the floor, m. */
public record Place(double x, double y) {
    double distanceTo(Place other) {
        return Math.hypot(other.x - x, other.y - y);
    }

    double directionTo(Place other) {
        return Math.atan2(other.y - y, other.x - x);
    }

    JsonObject toJson() {
        return JsonObject.of("x", x, "y", y);
    }
}
