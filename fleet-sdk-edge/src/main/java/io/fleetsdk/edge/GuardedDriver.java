package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotError.Severity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetrySample;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A driver whose failures hurt only the call that failed: each call says what counts when it throws. Thread-safe. */
final class GuardedDriver {
    private final RobotDriver driver;
    private final DriverFaults faults = new DriverFaults();
    private boolean closed;

    GuardedDriver(RobotDriver driver) {
        this.driver = driver;
    }

    DriverStatus status() {
        return faults.call("status", Severity.URGENT, driver::status).orElse(DriverStatus.of(RobotState.ERROR));
    }

    Optional<TelemetrySample> telemetry() {
        return faults.call("telemetry", Severity.URGENT, driver::telemetry);
    }

    Map<TelemetryChannel, JsonObject> channels() {
        return faults.call("channels", Severity.URGENT, driver::channels).orElse(Map.of());
    }

    Optional<SettingsOutcome> applySettings(JsonObject desired) {
        return faults.call("settings", Severity.URGENT, () -> driver.applySettings(desired));
    }

    Optional<String> refusal(Command command) {
        return faults.call("refusal", Severity.URGENT, () -> driver.refusal(command))
                .orElse(Optional.of("the driver failed to judge it"));
    }

    boolean moves(Command command) {
        return faults.call("moves_robot", Severity.URGENT, () -> driver.movesRobot(command))
                .orElse(true);
    }

    /** Throws what the driver throws: it is the outcome of the command. */
    CommandOutcome execute(RunningCommand command) throws InterruptedException {
        return command.carryOut(driver);
    }

    /**
     * @return whether the driver has stopped
     */
    boolean emergencyStop() {
        return faults.run("emergency_stop", Severity.FATAL, driver::emergencyStop);
    }

    /**
     * @return whether the driver allows motion again
     */
    boolean releaseEmergencyStop() {
        return faults.run("emergency_stop", Severity.CRITICAL, driver::releaseEmergencyStop);
    }

    /** What failed last time and has not succeeded since. */
    List<RobotError> errors() {
        return faults.errors();
    }

    /** Once only. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            faults.run("close", Severity.WARNING, driver::close);
        }
    }
}
