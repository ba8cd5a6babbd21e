package io.fleetsdk.telemetry;

import io.fleetsdk.internal.Require;

/** m/s along the heading and rad/s about the vertical, in the robot's own frame. All finite. */
public record Velocity(double linear, double angular) {
    public Velocity {
        Require.finite("velocity.linear", linear);
        Require.finite("velocity.angular", angular);
    }
}
