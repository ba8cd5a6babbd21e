package io.fleetsdk.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.agent.TestContext;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.Priority;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayRobotTest {
    private static final Recording STRAIGHT = Texts.recording("t,x,y,theta", "50,0,0,0", "150,200,0,0");

    private final ReplayRobot robot = ReplayRobot.endless(STRAIGHT, 1);

    @Test
    void itDrivesWhatWasRecordedAtItsPace() {
        robot.step(10);

        assertThat(x()).isEqualTo(20);
        assertThat(speed()).isEqualTo(2);
        assertThat(robot.telemetry().values())
                .containsEntry("lap", 1.0)
                .containsEntry("driven", 20.0)
                .containsEntry("recordedSeconds", 10.0);
        assertThat(robot.status().state()).isEqualTo(RobotState.EXECUTING);
    }

    @Test
    void aDesiredSpeedIsObeyedAndADesireTakenBackRestoresTheFirst() {
        assertThat(robot.applySettings(JsonObject.of("speed", 3)))
                .isEqualTo(SettingsOutcome.applied(JsonObject.of("speed", 3)));
        robot.step(10);
        assertThat(x()).isEqualTo(60);
        assertThat(speed()).isEqualTo(6);

        robot.applySettings(JsonObject.empty());
        robot.step(10);
        assertThat(x()).isEqualTo(80);
    }

    @Test
    void whatItCannotBeSetToIsNamed() {
        SettingsOutcome outcome = robot.applySettings(JsonObject.of("speed", 0, "maxSpeed", 1));

        assertThat(outcome.settings()).isEqualTo(JsonObject.of("speed", 1));
        assertThat(outcome.errors())
                .containsEntry("/speed", "must be a number from 0.01 to 1000.0")
                .containsEntry("/maxSpeed", "is not a setting of this robot");
    }

    @Test
    void anEmergencyStopHoldsTheRecordingsClockAndReleasingItGoesOn() {
        robot.step(10);
        robot.emergencyStop();
        robot.step(30);
        assertThat(x()).isEqualTo(20);
        assertThat(speed()).isZero();

        robot.releaseEmergencyStop();
        robot.step(1);
        assertThat(x()).isEqualTo(22);
    }

    @Test
    void itIsPausedResumedAndRestarted() {
        robot.step(10);
        execute("pause");
        robot.step(10);
        assertThat(x()).isEqualTo(20);
        assertThat(robot.status().state()).isEqualTo(RobotState.IDLE);

        execute("resume");
        robot.step(1);
        assertThat(x()).isEqualTo(22);

        assertThat(execute("restart"))
                .isEqualTo(CommandOutcome.completed(JsonObject.of("lap", 1, "recordedSeconds", 0)));
        assertThat(x()).isZero();
    }

    @Test
    void onlyPauseIsHarmlessWhileAStopIsLatched() {
        assertThat(robot.movesRobot(command("pause"))).isFalse();
        assertThat(robot.movesRobot(command("resume"))).isTrue();
        assertThat(robot.movesRobot(command("restart"))).isTrue();
        assertThat(robot.refusal(command("move_to"))).contains("a replayed robot does not know move_to");
    }

    @Test
    void itsModelledBatteryFallsWithTheWayAndIsFullForTheNextLap() {
        robot.step(100);
        assertThat(robot.status().battery()).hasValue(96);

        robot.step(Playback.HOLD_SECONDS);
        assertThat(robot.status().battery()).hasValue(100);
        assertThat(robot.telemetry().values()).containsEntry("lap", 2.0);
    }

    @Test
    void aRecordingThatVanishesStopsTheRobotUntilItIsBack(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("lap.csv"), "t,x,y\n0,0,0\n1,5,0\n");
        String content = Files.readString(file);
        ReplayRobot brief = ReplayRobot.endless(Recording.read(file), 1);
        brief.step(1);
        Files.delete(file);
        brief.step(Playback.HOLD_SECONDS);

        assertThat(brief.status().state()).isEqualTo(RobotState.ERROR);
        assertThat(brief.status().errors())
                .singleElement()
                .satisfies(
                        error -> assertThat(error.description()).contains(file + "' must be readable: no such file"));

        Files.writeString(file, content);
        brief.execute(command("restart"), new TestContext());
        brief.step(0.5);
        assertThat(brief.status().state()).isEqualTo(RobotState.EXECUTING);
        brief.close();
    }

    @Test
    void playedOnceItStaysIdleAtTheEnd() {
        ReplayRobot once = ReplayRobot.once(STRAIGHT, 1);
        once.step(100);
        once.step(100);

        assertThat(once.status().state()).isEqualTo(RobotState.IDLE);
        assertThat(once.telemetry().position().orElseThrow().x()).isEqualTo(200);
    }

    private double x() {
        return robot.telemetry().position().orElseThrow().x();
    }

    private double speed() {
        return robot.telemetry().velocity().orElseThrow().linear();
    }

    private CommandOutcome execute(String type) {
        assertThat(robot.refusal(command(type))).isEmpty();
        return robot.execute(command(type), new TestContext());
    }

    private static Command command(String type) {
        return new Command(
                UUID.randomUUID(), type, JsonObject.empty(), Priority.NORMAL, Optional.empty(), Optional.empty());
    }
}
