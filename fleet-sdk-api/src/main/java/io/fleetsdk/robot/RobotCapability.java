package io.fleetsdk.robot;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a robot can do, in its own words (VDA 5050 calls it factsheet).
 *
 * @param firmwareVersion the firmware this holds for
 * @param commands what it can be told to do
 * @param maxSpeed m/s, at least 0
 * @param maxPayload kg, at least 0
 * @param sensors names of its sensors
 * @param charging whether it can charge itself
 * @param docking whether it can dock
 * @param channels telemetry channels beside the whole sample
 * @param settingsSchema a JSON Schema (2020-12) of its settings; empty means anything
 */
public record RobotCapability(
        String firmwareVersion,
        List<CommandCapability> commands,
        OptionalDouble maxSpeed,
        OptionalDouble maxPayload,
        List<String> sensors,
        boolean charging,
        boolean docking,
        List<ChannelCapability> channels,
        JsonObject settingsSchema) {
    public RobotCapability {
        firmwareVersion = Require.label("firmwareVersion", firmwareVersion);
        commands = Require.list("commands", commands);
        maxSpeed = Require.within("maxSpeed", maxSpeed, 0, Double.MAX_VALUE);
        maxPayload = Require.within("maxPayload", maxPayload, 0, Double.MAX_VALUE);
        sensors = Require.list("sensors", sensors);
        channels = Require.list("channels", channels);
        settingsSchema = settingsSchema == null ? JsonObject.empty() : settingsSchema;
    }

    public Optional<CommandCapability> command(String type) {
        return commands.stream().filter(command -> command.type().equals(type)).findFirst();
    }
}
