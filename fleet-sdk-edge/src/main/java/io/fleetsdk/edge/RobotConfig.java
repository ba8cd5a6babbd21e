package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a robot is told about itself, usually from its {@code robot_config.json}. REAL and MOCK robots look the same on the wire:
 * the mode is for whoever chooses the driver.
 *
 * @param robotId its stable name
 * @param zoneId the zone whose broadcasts it obeys, if any: one token
 * @param identity who it is; dimensions, motors and IO are in its hardware
 * @param capability what it can do
 * @param mode a body or an imitation
 * @param telemetryPeriod the time between two samples, 10 ms to 10 s, default 100 ms (10 Hz)
 * @param heartbeat the time between two heartbeats, 0.1 s to 1 h, default 2 s
 */
public record RobotConfig(
        RobotId robotId,
        Optional<String> zoneId,
        RobotIdentity identity,
        RobotCapability capability,
        Mode mode,
        Duration telemetryPeriod,
        Duration heartbeat) {
    public RobotConfig {
        zoneId.ifPresent(zone -> Require.token("zoneId", zone));
        Require.within("telemetryPeriod", telemetryPeriod.toNanos() / 1e9, 0.01, 10);
        Require.within("heartbeat", heartbeat.toNanos() / 1e9, 0.1, 3600);
    }

    /** Whether there is a body. */
    public enum Mode {
        REAL,
        MOCK
    }

    /** With the default rates, without a zone. */
    public static RobotConfig of(RobotId robot, RobotIdentity identity, RobotCapability capability, Mode mode) {
        return new RobotConfig(
                robot, Optional.empty(), identity, capability, mode, Duration.ofMillis(100), Duration.ofSeconds(2));
    }

    /**
     * Reads a {@code robot_config.json}:
     *
     * <pre>{@code
     * {
     *   "robotId": "RB-001",                                        required; one token
     *   "zoneId": "hall-2",                                         one token
     *   "identity": {
     *     "model": "Carrier 200", "vendor": "Example Robotics",     required; up to 256 characters
     *     "firmwareVersion": "2.4.1",                               required
     *     "serialNumber": "EX-200-00417"
     *   },
     *   "dimensions": {                                             m, kg; each at least 0
     *     "length": 0.98, "width": 0.64, "height": 0.3, "mass": 71, "wheelBase": 0.5, "wheelRadius": 0.1
     *   },
     *   "motors": [{ "name": "left", "maxSpeed": 20, "maxTorque": 4 }],                      rad/s, Nm
     *   "io": [{ "name": "bumper", "direction": "INPUT", "signal": "DIGITAL" }],             or OUTPUT, ANALOG
     *   "capabilities": {
     *     "maxSpeed": 1.5, "maxPayload": 120,                       m/s, kg
     *     "sensors": ["lidar_front"], "charging": true, "docking": false,
     *     "channels": [{ "name": "diagnostics", "unit": "A", "description": "motor currents" }],
     *     "commands": [{ "type": "drive_to", "description": "...", "cancellable": true, "parameters": {} }],
     *     "settingsSchema": {}                                      JSON Schema 2020-12, as parameters
     *   },
     *   "runtime": { "mode": "REAL", "telemetryHz": 10, "heartbeatSeconds": 2 }              mode is required
     * }
     * }</pre>
     *
     * @throws InvalidInputException if it cannot be read, is not JSON or breaks rules: then all its faults are listed, each with
     *     the path of the field, its value and the rule. Members that are not known are faults.
     */
    public static RobotConfig read(Path file, JsonCodec json) {
        try {
            return from(json.decode(Files.readAllBytes(file), JsonObject.class));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException("robot config", file, "must be an existing file");
        } catch (IOException e) {
            throw new InvalidInputException("robot config", file, "must be readable: " + e.getMessage());
        }
    }

    /**
     * Reads the content of a {@code robot_config.json}.
     *
     * @throws InvalidInputException as {@link #read}
     */
    public static RobotConfig from(JsonObject document) {
        return RobotConfigReader.read(document);
    }

    public RobotConfig withRobotId(RobotId robot) {
        return new RobotConfig(robot, zoneId, identity, capability, mode, telemetryPeriod, heartbeat);
    }

    public RobotConfig withZoneId(String zone) {
        return new RobotConfig(robotId, Optional.of(zone), identity, capability, mode, telemetryPeriod, heartbeat);
    }

    public RobotConfig withTelemetryPeriod(Duration period) {
        return new RobotConfig(robotId, zoneId, identity, capability, mode, period, heartbeat);
    }

    public RobotConfig withHeartbeat(Duration interval) {
        return new RobotConfig(robotId, zoneId, identity, capability, mode, telemetryPeriod, interval);
    }
}
