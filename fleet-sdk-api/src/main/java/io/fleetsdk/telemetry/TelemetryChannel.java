package io.fleetsdk.telemetry;

import io.fleetsdk.internal.Require;

/**
 * A named stream of a robot's telemetry: one token. {@link #WHOLE} is the stream of whole samples, which has no token of
 * its own on the wire.
 */
public record TelemetryChannel(String name) {
    /** Whole samples: {@link TelemetrySample}. */
    public static final TelemetryChannel WHOLE = new TelemetryChannel("sample");

    public static final TelemetryChannel POSITION = new TelemetryChannel("position");
    public static final TelemetryChannel SENSORS = new TelemetryChannel("sensors");
    public static final TelemetryChannel DIAGNOSTICS = new TelemetryChannel("diagnostics");
    /** Pictures, by reference to the object store. */
    public static final TelemetryChannel CAMERA = new TelemetryChannel("camera");

    public TelemetryChannel {
        name = Require.token("channel", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
