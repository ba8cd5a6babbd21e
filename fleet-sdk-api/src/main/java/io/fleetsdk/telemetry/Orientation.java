package io.fleetsdk.telemetry;

import io.fleetsdk.internal.Require;

/** Radians; yaw is the heading, counter-clockwise from the x axis. All finite. */
public record Orientation(double roll, double pitch, double yaw) {
    public Orientation {
        Require.finite("orientation.roll", roll);
        Require.finite("orientation.pitch", pitch);
        Require.finite("orientation.yaw", yaw);
    }
}
