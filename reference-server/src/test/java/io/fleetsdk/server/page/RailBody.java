package io.fleetsdk.server.page;

import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.DriverStatus;
import io.fleetsdk.edge.RobotDriver;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetrySample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A body that moves along a straight rail: 10 cm with each step of a drive. Thread-safe. */
final class RailBody implements RobotDriver {
    static final String FIRMWARE = "3.1.4";

    private static final double STEP = 0.1;
    private static final double RAIL = 20;
    private static final double TOP_SPEED = 1.5;
    private static final Duration PACE = Duration.ofMillis(40);
    private static final String SPEED = "maxSpeed";

    private double x;
    private boolean held;
    private boolean driving;
    private JsonObject settings = JsonObject.of(SPEED, 1.0, "lights", true);

    static RobotCapability capability() {
        JsonObject metres =
                JsonObject.of(Map.of("type", "number", "minimum", 0.25, "maximum", 50, "description", "How far"));
        JsonObject parameters = JsonObject.of(Map.of(
                "type", "object", "required", List.of("metres"), "properties", Map.of("metres", metres.asMap())));
        JsonObject schema = JsonObject.of(Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        SPEED,
                        Map.of("type", "number", "minimum", 0.1, "maximum", 5),
                        "lights",
                        Map.of("type", "boolean"))));
        return new RobotCapability(
                FIRMWARE,
                List.of(new CommandCapability("drive", Optional.of("Drives along the rail"), parameters, true)),
                OptionalDouble.of(TOP_SPEED),
                OptionalDouble.empty(),
                List.of("encoder"),
                false,
                false,
                List.of(),
                schema);
    }

    @Override
    public synchronized DriverStatus status() {
        return DriverStatus.of(driving ? RobotState.EXECUTING : RobotState.IDLE).discharging(81);
    }

    @Override
    public synchronized TelemetrySample telemetry() {
        return TelemetrySample.builder()
                .position(x, 1, 0)
                .yaw(0)
                .velocity(driving ? 1 : 0, 0)
                .battery(81)
                .temperature(30)
                .value("load", x / RAIL)
                .build();
    }

    @Override
    public synchronized SettingsOutcome applySettings(JsonObject desired) {
        boolean tooFast = desired.number(SPEED).orElse(0) > TOP_SPEED;
        settings = settings.mergePatch(tooFast ? desired.without(SPEED) : desired);
        SettingsOutcome outcome = SettingsOutcome.applied(settings);
        return tooFast ? outcome.withError("/" + SPEED, "above what the wheels bear, " + TOP_SPEED + " m/s") : outcome;
    }

    @Override
    public synchronized Optional<String> refusal(Command command) {
        double metres = command.payload().number("metres").orElse(0);
        return metres > RAIL ? Optional.of("the rail ends after " + RAIL + " m") : Optional.empty();
    }

    @Override
    public CommandOutcome execute(Command command, CommandContext context) throws InterruptedException {
        double metres = command.payload().number("metres").orElseThrow();
        try {
            for (double driven = 0; driven < metres; driven += STEP) {
                if (context.awaitStop(PACE)) {
                    return CommandOutcome.cancelled();
                }
                step();
                context.progress(100 * driven / metres, "%.2f m to go".formatted(metres - driven));
            }
            return CommandOutcome.completed(JsonObject.of("metres", metres));
        } finally {
            rest();
        }
    }

    @Override
    public synchronized void emergencyStop() {
        held = true;
        driving = false;
    }

    @Override
    public synchronized void releaseEmergencyStop() {
        held = false;
    }

    synchronized boolean isHeld() {
        return held;
    }

    private synchronized void step() {
        if (!held) {
            driving = true;
            x += STEP;
        }
    }

    private synchronized void rest() {
        driving = false;
    }
}
