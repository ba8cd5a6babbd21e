package io.fleetsdk.edge;

import io.fleetsdk.Fault;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.ChannelCapability;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules of {@code robot_config.json}, one section after the other. */
final class RobotConfigReader {
    private static final Set<String> BUILT_IN = Set.of(
            CommandTypes.IDENTIFY,
            CommandTypes.CANCEL,
            CommandTypes.EMERGENCY_STOP,
            CommandTypes.EMERGENCY_STOP_RELEASE);
    private static final double ANY = Double.MAX_VALUE;

    private RobotConfigReader() {}

    static RobotConfig read(JsonObject document) {
        List<Fault> faults = new ArrayList<>();
        RobotConfig config = config(new ConfigSection("", document, faults));
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults);
        }
        return config;
    }

    private static RobotConfig config(ConfigSection root) {
        String robotId = root.text("robotId", (field, value) -> new RobotId(value).value());
        Optional<String> zoneId = root.optionalText("zoneId", Require::token);
        JsonObject hardware = hardware(root);
        RobotIdentity identity = identity(root.section("identity"), hardware);
        RobotCapability capability = capability(root.section("capabilities"), identity.firmwareVersion());
        ConfigSection runtime = root.section("runtime");
        RobotConfig.Mode mode = runtime.word("mode", RobotConfig.Mode.class);
        double telemetryHz = runtime.number("telemetryHz", 0.1, 100, 10);
        double heartbeatSeconds = runtime.number("heartbeatSeconds", 0.1, 3600, 2);
        runtime.end();
        root.end();
        return new RobotConfig(
                RobotId.of(robotId),
                zoneId,
                identity,
                capability,
                mode,
                seconds(1 / telemetryHz),
                seconds(heartbeatSeconds));
    }

    private static RobotIdentity identity(ConfigSection identity, JsonObject hardware) {
        String model = identity.text("model", Require::label);
        String vendor = identity.text("vendor", Require::label);
        String firmware = identity.text("firmwareVersion", Require::label);
        Optional<String> serial = identity.optionalText("serialNumber", Require::label);
        identity.end();
        return new RobotIdentity(model, vendor, firmware, serial, hardware);
    }

    /** Checks dimensions (m, kg), motors (rad/s, Nm) and IO, and keeps them as they are written. */
    private static JsonObject hardware(ConfigSection root) {
        ConfigSection dimensions = root.section("dimensions");
        for (String name : List.of("length", "width", "height", "mass", "wheelBase", "wheelRadius")) {
            dimensions.optionalNumber(name, 0, ANY);
        }
        dimensions.end();
        List<String> motors = root.sections("motors", RobotConfigReader::motor);
        refuseRepeated(root, "motors", motors);
        List<String> io = root.sections("io", RobotConfigReader::io);
        refuseRepeated(root, "io", io);
        JsonObject hardware = JsonObject.empty();
        for (String part : List.of("dimensions", "motors", "io")) {
            Optional<Object> value = root.value(part);
            hardware = value.isPresent() ? hardware.with(part, value.get()) : hardware;
        }
        return hardware;
    }

    private static String motor(ConfigSection motor) {
        motor.optionalNumber("maxSpeed", 0, ANY);
        motor.optionalNumber("maxTorque", 0, ANY);
        return motor.text("name", Require::label);
    }

    private static String io(ConfigSection io) {
        io.word("direction", Direction.class);
        io.word("signal", Signal.class);
        return io.text("name", Require::label);
    }

    private static RobotCapability capability(ConfigSection section, String firmwareVersion) {
        List<CommandCapability> commands = section.sections("commands", RobotConfigReader::command);
        refuseRepeated(section, "commands", names(commands, CommandCapability::type));
        List<ChannelCapability> channels = section.sections("channels", RobotConfigReader::channel);
        refuseRepeated(section, "channels", names(channels, ChannelCapability::name));
        RobotCapability capability = new RobotCapability(
                firmwareVersion,
                commands,
                section.optionalNumber("maxSpeed", 0, ANY),
                section.optionalNumber("maxPayload", 0, ANY),
                section.texts("sensors", Require::label),
                section.flag("charging"),
                section.flag("docking"),
                channels,
                section.object("settingsSchema"));
        section.end();
        return capability;
    }

    private static CommandCapability command(ConfigSection command) {
        return new CommandCapability(
                command.text("type", RobotConfigReader::notBuiltIn),
                command.optionalText("description", RobotConfigReader::description),
                command.object("parameters"),
                command.flag("cancellable"));
    }

    private static String notBuiltIn(String field, String type) {
        if (BUILT_IN.contains(type)) {
            throw new InvalidInputException(field, type, "must not be one that every agent understands by itself");
        }
        return Require.token(field, type);
    }

    private static ChannelCapability channel(ConfigSection channel) {
        return new ChannelCapability(
                channel.text("name", RobotConfigReader::notWhole),
                channel.optionalText("unit", Require::label),
                channel.optionalText("description", RobotConfigReader::description));
    }

    private static String notWhole(String field, String name) {
        if (name.equals(TelemetryChannel.WHOLE.name())) {
            throw new InvalidInputException(field, name, "must not be the name of the whole sample");
        }
        return Require.token(field, name);
    }

    private static String description(String field, String text) {
        return Require.text(field, text, 4096);
    }

    private static <T> List<String> names(List<T> values, Function<T, String> name) {
        return values.stream().map(name).toList();
    }

    private static void refuseRepeated(ConfigSection section, String name, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(each -> !seen.add(each))
                .filter(each -> !each.equals(ConfigSection.PLACEHOLDER))
                .forEach(each -> section.refuse(name, each, "must be named once"));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private enum Direction {
        INPUT,
        OUTPUT
    }

    private enum Signal {
        DIGITAL,
        ANALOG
    }
}
