package io.fleetsdk.benchmarks;

import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.DriverStatus;
import io.fleetsdk.edge.RobotDriver;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetrySample;

/** A body that costs nothing: every command is done at once. */
final class IdleDriver implements RobotDriver {
    @Override
    public DriverStatus status() {
        return DriverStatus.of(RobotState.IDLE);
    }

    @Override
    public TelemetrySample telemetry() {
        return TelemetrySample.builder().build();
    }

    @Override
    public SettingsOutcome applySettings(JsonObject desired) {
        return SettingsOutcome.applied(desired);
    }

    @Override
    public CommandOutcome execute(Command command, CommandContext context) {
        return CommandOutcome.completed();
    }

    @Override
    public void emergencyStop() {
        // nothing moves
    }

    @Override
    public void releaseEmergencyStop() {
        // nothing will move
    }
}
