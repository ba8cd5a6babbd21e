package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.RobotCapability;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a robot would not carry out a command. Thread-safe. */
final class CommandRules {
    private final RobotCapability capability;
    private final SchemaCheck schemas;
    private final GuardedDriver driver;
    private final EmergencyHold hold;

    CommandRules(RobotCapability capability, SchemaCheck schemas, GuardedDriver driver, EmergencyHold hold) {
        this.capability = capability;
        this.schemas = schemas;
        this.driver = driver;
        this.hold = hold;
    }

    /** The first reason found; empty if it may be accepted. */
    Optional<String> refusal(Command command) {
        return unknownType(command)
                .or(() -> brokenSchema(command))
                .or(() -> emergencyStop(command))
                .or(() -> driver.refusal(command));
    }

    /** Whether a command of this type can be stopped once it runs. */
    boolean isCancellable(String type) {
        return capability.command(type).map(CommandCapability::cancellable).orElse(false);
    }

    private Optional<String> unknownType(Command command) {
        String type = command.type();
        if (type.equals(CommandTypes.EMERGENCY_STOP) || type.equals(CommandTypes.EMERGENCY_STOP_RELEASE)) {
            return Optional.of("type '" + type + "' must be sent on the emergency stop subjects, with its revision");
        }
        String known =
                capability.commands().stream().map(CommandCapability::type).collect(Collectors.joining(", "));
        return capability.command(type).isPresent()
                ? Optional.empty()
                : Optional.of("type '" + type + "' is not known to this robot; known are: " + known);
    }

    private Optional<String> brokenSchema(Command command) {
        JsonObject schema = capability.command(command.type()).orElseThrow().parameters();
        Map<String, String> violations = schemas.violations(schema, command.payload());
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(violations.entrySet().stream()
                        .map(violation -> "payload" + violation.getKey() + ": " + violation.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private Optional<String> emergencyStop(Command command) {
        return hold.isHeld() && driver.moves(command)
                ? Optional.of("an emergency stop is latched: " + hold.reason())
                : Optional.empty();
    }
}
