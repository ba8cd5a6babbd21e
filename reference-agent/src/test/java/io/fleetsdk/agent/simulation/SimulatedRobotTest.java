package io.fleetsdk.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.agent.TestContext;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.Priority;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.Position;
import io.fleetsdk.telemetry.TelemetrySample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SimulatedRobotTest {
    private static final double STEP = 0.05;

    private final SimulatedRobot robot = SimulatedRobot.of(7, new Place(20, 12));
    private final TestContext context = new TestContext();
    private Thread worker = new Thread();

    @Test
    void theSameSeedDrivesTheSameWayAndAnotherDoesNot() {
        assertThat(drive(SimulatedRobot.of(1))).isEqualTo(drive(SimulatedRobot.of(1)));
        assertThat(drive(SimulatedRobot.of(1))).isNotEqualTo(drive(SimulatedRobot.of(2)));
    }

    @Test
    void leftAloneItGoesFromStationToStationAndChargesInTime() {
        double lowest = 100;
        boolean charged = false;
        for (int second = 0; second < 2 * 3600; second++) {
            pass(1);
            lowest = Math.min(lowest, robot.status().battery().orElseThrow());
            charged |= robot.status().charging();
        }

        assertThat(lowest).isBetween(10.0, 20.0);
        assertThat(charged).isTrue();
        assertThat(robot.status().errors()).isEmpty();
    }

    @Test
    void itGoesWhereItIsTold() {
        CommandOutcome outcome = whileTimePasses(command("move_to", JsonObject.of("x", 31, "y", 8)));

        assertThat(result(outcome).number("x").orElseThrow()).isCloseTo(31, within(0.05));
        assertThat(position().x()).isCloseTo(31, within(0.05));
        assertThat(position().y()).isCloseTo(8, within(0.05));
        assertThat(context.progress()).hasSizeGreaterThan(10).allMatch(percent -> percent >= 0 && percent <= 100);
    }

    @Test
    void aPlaceOffTheFloorIsRefusedWithTheRule() {
        assertThat(robot.refusal(command("move_to", JsonObject.of("x", 31, "y", 23.9))))
                .contains("the place must be on the floor: x from 0.6 to 39.4, y from 0.6 to 23.4");
        assertThat(robot.refusal(command("move_to", JsonObject.of("x", 31, "y", 23))))
                .isEmpty();
    }

    @Test
    void aCancelledMoveEndsAtRest() {
        CompletableFuture<CommandOutcome> running = start(command("move_to", JsonObject.of("x", 31, "y", 12)));
        stepUntil(() -> robot.telemetry().velocity().orElseThrow().linear() > 1);
        context.cancel();

        stepUntil(running::isDone);
        assertThat(running.join()).isEqualTo(CommandOutcome.cancelled());
        assertThat(robot.telemetry().velocity().orElseThrow().linear()).isZero();
    }

    @Test
    void anEmergencyStopEndsTheMotionAndReleasingItStartsNone() {
        stepUntil(() -> robot.telemetry().velocity().orElseThrow().linear() > 1);
        robot.emergencyStop();
        pass(0.6);
        Position rest = position();

        pass(60);
        assertThat(position()).isEqualTo(rest);

        robot.releaseEmergencyStop();
        pass(9);
        assertThat(position()).isEqualTo(rest);

        pass(20);
        assertThat(position()).isNotEqualTo(rest);
    }

    @Test
    void aSkillTakesItsTimeStandingStill() {
        whileTimePasses(command("configure", JsonObject.of("errands", false)));
        pass(5);
        Position place = position();
        CompletableFuture<CommandOutcome> running =
                start(command("execute_skill", JsonObject.of("skill", "lift", "seconds", 4)));
        stepUntil(() -> robot.status().state() == RobotState.EXECUTING);
        pass(1);
        assertThat(robot.telemetry().values()).as("idle and tool, W").containsEntry("power", 60.0);
        assertThat(position()).isEqualTo(place);

        stepUntil(running::isDone);
        assertThat(result(running.join())).isEqualTo(JsonObject.of("skill", "lift", "seconds", 4));
        assertThat(context.progress()).isSorted();
    }

    /** At many moments, for the end of a wait reckoned in floating point may be a hair more than its length away. */
    @Test
    void calibratingReportsItsProgressFromNothingToAll() {
        for (int i = 0; i < 100; i++) {
            TestContext calibration = new TestContext();
            CommandOutcome outcome = whileTimePasses(command("calibrate", JsonObject.empty()), calibration);

            assertThat(outcome).isInstanceOf(CommandOutcome.Completed.class);
            assertThat(calibration.progress()).hasSizeGreaterThan(10).isSorted();
            pass(0.05 + i * 0.01);
        }
    }

    @Test
    void toldToChargeItGoesToItsDockAndIsFull() {
        CommandOutcome outcome = whileTimePasses(command("charge", JsonObject.empty()));

        assertThat(result(outcome).number("battery").orElseThrow()).isEqualTo(100);
        assertThat(robot.status().charging()).isTrue();
        assertThat(position().y()).isCloseTo(1, within(0.05));
    }

    @Test
    void inManualModeItDoesNothingByItselfAndRefusesToBeSent() {
        whileTimePasses(command("set_mode", JsonObject.of("mode", "MANUAL")));
        pass(5);
        Position rest = position();
        pass(60);

        assertThat(robot.status().mode()).isEqualTo(OperatingMode.MANUAL);
        assertThat(position()).isEqualTo(rest);
        assertThat(robot.refusal(command("move_to", JsonObject.of("x", 31, "y", 8))))
                .contains("mode is MANUAL; set_mode AUTOMATIC first");
    }

    @Test
    void withoutErrandsItWaitsForCommands() {
        whileTimePasses(command("configure", JsonObject.of("errands", false)));
        pass(5);
        Position rest = position();
        pass(120);

        assertThat(position()).isEqualTo(rest);
        assertThat(robot.status().state()).isEqualTo(RobotState.IDLE);
    }

    @Test
    void aDesiredSpeedIsObeyed() {
        SettingsOutcome outcome = robot.applySettings(JsonObject.of("maxSpeed", 0.4));

        assertThat(outcome).isEqualTo(SettingsOutcome.applied(JsonObject.of("maxSpeed", 0.4, "batteryLow", 20)));
        for (int i = 0; i < 2000; i++) {
            robot.step(STEP);
            assertThat(robot.telemetry().velocity().orElseThrow().linear()).isLessThanOrEqualTo(0.4);
        }
    }

    @Test
    void whatCannotBeAppliedIsNamedByPointerAndLeavesTheValueBefore() {
        robot.applySettings(JsonObject.of("maxSpeed", 0.4));

        SettingsOutcome outcome = robot.applySettings(
                JsonObject.of("maxSpeed", 9, "batteryLow", 30).with("colour", "red"));

        assertThat(outcome.settings()).isEqualTo(JsonObject.of("maxSpeed", 0.4, "batteryLow", 30));
        assertThat(outcome.errors())
                .containsEntry("/maxSpeed", "must be a number from 0.1 to 1.5")
                .containsEntry("/colour", "is not a setting of this robot")
                .hasSize(2);
    }

    @Test
    void aStartOffTheFloorIsRefused() {
        assertThatThrownBy(() -> SimulatedRobot.of(1, new Place(-1, 3)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("start '-1.0,3.0' must be on the floor");
    }

    private static List<TelemetrySample> drive(SimulatedRobot robot) {
        List<TelemetrySample> samples = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            robot.step(STEP);
            samples.add(robot.telemetry());
        }
        return samples;
    }

    private CommandOutcome whileTimePasses(Command command) {
        return whileTimePasses(command, context);
    }

    private CommandOutcome whileTimePasses(Command command, TestContext with) {
        CompletableFuture<CommandOutcome> running = start(command, with);
        stepUntil(running::isDone);
        return running.join();
    }

    private CompletableFuture<CommandOutcome> start(Command command) {
        return start(command, context);
    }

    private CompletableFuture<CommandOutcome> start(Command command, TestContext with) {
        assertThat(robot.refusal(command)).isEmpty();
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        worker = new Thread(() -> {
            try {
                outcome.complete(robot.execute(command, with));
            } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        worker.start();
        return outcome;
    }

    private void pass(double seconds) {
        for (double passed = 0; passed < seconds; passed += STEP) {
            step();
        }
    }

    private void stepUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            step();
        }
    }

    /** One step, seen by a running command before the next. */
    private void step() {
        while (worker.isAlive() && worker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        robot.step(STEP);
    }

    private static JsonObject result(CommandOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommandOutcome.Completed.class);
        return ((CommandOutcome.Completed) outcome).result();
    }

    private Position position() {
        return robot.telemetry().position().orElseThrow();
    }

    private static Command command(String type, JsonObject payload) {
        return new Command(UUID.randomUUID(), type, payload, Priority.NORMAL, Optional.empty(), Optional.empty());
    }
}
