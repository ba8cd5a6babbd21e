package io.fleetsdk.server.live;

import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryReading;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The newest whole sample of each robot since the last tick. Thread-safe. */
final class TelemetryTick {
    private Map<RobotId, TelemetryReading> newest = new LinkedHashMap<>();

    synchronized void put(TelemetryReading reading) {
        newest.put(reading.robotId(), reading);
    }

    synchronized Collection<TelemetryReading> take() {
        Map<RobotId, TelemetryReading> taken = newest;
        newest = new LinkedHashMap<>();
        return taken.values();
    }
}
