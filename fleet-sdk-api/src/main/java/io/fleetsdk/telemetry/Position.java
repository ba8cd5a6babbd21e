package io.fleetsdk.telemetry;

import io.fleetsdk.internal.Require;

/** Metres in the fleet's map frame, z up. All finite. */
public record Position(double x, double y, double z) {
    public Position {
        Require.finite("position.x", x);
        Require.finite("position.y", y);
        Require.finite("position.z", z);
    }
}
