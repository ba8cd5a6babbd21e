package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.command.Priority;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsGuard;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryReading;
import io.fleetsdk.testing.FleetExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RobotAgentTest {
    @RegisterExtension
    static final FleetExtension fleets = TestFleets.extension();

    private static final Duration SOON = Duration.ofSeconds(15);
    private static int robots;

    @TempDir
    Path directory;

    private Fleet fleet;
    private RobotId robot;
    private LiveAgent live;

    @BeforeEach
    void start() {
        fleet = fleets.fleet();
        robot = RobotId.of("RB-" + ++robots);
        live = LiveAgent.started(options(), robot.value(), directory);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void aRobotSaysWhoItIsWhatItCanAndThatItIsThere() {
        Robot seen = awaitRobot(known ->
                known.identity().isPresent() && known.capability().isPresent() && known.presence() == Presence.ONLINE);

        assertThat(seen.identity().orElseThrow().value()).isEqualTo(live.config.identity());
        assertThat(seen.capability().orElseThrow().value()).isEqualTo(live.config.capability());
        RobotStatus status = seen.status().orElseThrow().value();
        assertThat(status.firmwareVersion()).isEqualTo("1.2.3");
        assertThat(status.heartbeatSeconds()).isEqualTo(0.5);
        assertThat(status.battery()).hasValue(80);
    }

    @Test
    void aRobotSaysGoodbye() {
        awaitRobot(known -> known.presence() == Presence.ONLINE);
        live.close();

        awaitRobot(known -> known.presence() == Presence.OFFLINE);
        assertThat(live.driver.events).last().isEqualTo("close");
    }

    @Test
    void telemetryFlowsWithoutAGap() {
        List<TelemetryReading> readings = new CopyOnWriteArrayList<>();
        try (Subscription subscription =
                fleet.telemetry().subscribe(TelemetryFilter.of(robot), Overflow.dropOldest(1000), readings::add)) {
            await().atMost(SOON).until(() -> readings.size() > 20);
            assertThat(subscription.dropped()).isZero();
        }
        long first = readings.get(0).seq().orElseThrow();
        for (int i = 0; i < readings.size(); i++) {
            assertThat(readings.get(i).seq()).hasValue(first + i);
        }
        assertThat(readings.get(0).sample().position().orElseThrow().y()).isEqualTo(2);
    }

    @Test
    void anAskedRobotIdentifiesItselfAgain() {
        awaitRobot(known -> known.identity().isPresent());
        int before = fleet.robots().identityHistory(robot).size();

        CommandExecution end = run(CommandRequest.of(CommandTypes.IDENTIFY));

        assertThat(states(end)).endsWith(CommandState.ACCEPTED, CommandState.COMPLETED);
        await().atMost(SOON).until(() -> fleet.robots().identityHistory(robot).size() > before);
    }

    @Test
    void aCommandGoesThroughItsWholeLife() {
        CommandExecution end = run(CommandRequest.of("beep"));

        assertThat(states(end))
                .containsExactly(
                        CommandState.REQUESTED, CommandState.ACCEPTED, CommandState.RUNNING, CommandState.COMPLETED);
        assertThat(end.result()).contains(JsonObject.of("beeps", 1));
    }

    @Test
    void whatADriverThrowsIsTheReasonOfTheFailure() {
        CommandExecution end = run(CommandRequest.of("crash"));

        assertThat(end.state()).isEqualTo(CommandState.FAILED);
        assertThat(end.message().orElseThrow()).contains("wheel fell off");
    }

    @Test
    void anUnknownTypeIsRejectedWithTheKnownOnes() {
        CommandExecution end = run(CommandRequest.of("fly"));

        assertThat(end.state()).isEqualTo(CommandState.REJECTED);
        assertThat(end.message().orElseThrow()).contains("'fly'").contains("beep, crash, watch, drive");
        assertThat(live.driver.executed).isEmpty();
    }

    @Test
    void aPayloadAgainstTheCapabilitysSchemaIsRejected() {
        CommandExecution end = run(CommandRequest.of("drive", JsonObject.of("speed", 99)));

        assertThat(end.state()).isEqualTo(CommandState.REJECTED);
        assertThat(end.message().orElseThrow()).contains("payload/speed").contains("1.5");
        assertThat(live.driver.executed).isEmpty();
    }

    @Test
    void aDriverMayRefuse() {
        CommandExecution end = run(CommandRequest.of("beep", JsonObject.of("refuse", "not on Sundays")));

        assertThat(end.state()).isEqualTo(CommandState.REJECTED);
        assertThat(end.message()).contains("not on Sundays");
    }

    @Test
    void theSameCommandAgainIsAnsweredAndNotRun() {
        UUID id = UUID.randomUUID();
        CommandRequest request = CommandRequest.of("beep").withCommandId(id);
        run(request);

        assertAnsweredAgain(request, CommandState.COMPLETED);
        assertThat(live.driver.executed).containsExactly(id);
    }

    @Test
    void theSameCommandAgainIsAnsweredAndNotRunAfterARestart() {
        UUID id = UUID.randomUUID();
        CommandRequest request = CommandRequest.of("beep").withCommandId(id);
        run(request);
        restart();

        assertAnsweredAgain(request, CommandState.COMPLETED);
        assertThat(live.driver.executed).isEmpty();
    }

    @Test
    void theSameIdWithOtherContentIsRejectedAndNotRun() {
        UUID id = UUID.randomUUID();
        run(CommandRequest.of("beep").withCommandId(id));

        List<JsonObject> answers = new CopyOnWriteArrayList<>();
        try (WireTap tap = WireTap.on(fleets.server().url(), "robots.cmd.ack." + robot, answers::add)) {
            fleet.commands()
                    .send(
                            robot,
                            CommandRequest.of("beep", JsonObject.of("loud", 1)).withCommandId(id));
            await().atMost(SOON).until(() -> !answers.isEmpty());
        }
        JsonObject ack = answers.get(0).object("payload").orElseThrow();
        assertThat(ack.string("state")).contains("REJECTED");
        assertThat(ack.string("message").orElseThrow()).contains("already used for other content");
        assertThat(live.driver.executed).containsExactly(id);
    }

    @Test
    void aRunningCommandIsCancelled() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        awaitRobot(known -> known.status()
                .flatMap(status -> status.value().activeCommand())
                .equals(Optional.of(drive.commandId())));

        drive.cancel();

        assertThat(drive.await(SOON).state()).isEqualTo(CommandState.CANCELLED);
        awaitRobot(known ->
                known.status().flatMap(status -> status.value().activeCommand()).isEmpty());
    }

    @Test
    void aWaitingCommandIsCancelledBeforeItBegins() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        CommandHandle waiting = fleet.commands().send(robot, CommandRequest.of("beep"));
        awaitState(waiting, CommandState.ACCEPTED);

        waiting.cancel();

        assertThat(waiting.await(SOON).state()).isEqualTo(CommandState.CANCELLED);
        assertThat(drive.execution().state()).isEqualTo(CommandState.RUNNING);
        assertThat(live.driver.executed).containsExactly(drive.commandId());
    }

    @Test
    void cancellingWhatIsUnknownIsRejected() {
        CommandExecution end = run(CommandRequest.of(
                CommandTypes.CANCEL,
                JsonObject.of("commandId", UUID.randomUUID().toString())));

        assertThat(end.state()).isEqualTo(CommandState.REJECTED);
        assertThat(end.message().orElseThrow()).contains("not known");
    }

    @Test
    void commandsWaitTheirTurnAndTheUrgentGoFirst() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        CommandHandle low =
                fleet.commands().send(robot, CommandRequest.of("beep").withPriority(Priority.LOW));
        CommandHandle normal = fleet.commands().send(robot, CommandRequest.of("beep"));
        CommandHandle second = fleet.commands().send(robot, CommandRequest.of("beep"));
        CommandHandle high =
                fleet.commands().send(robot, CommandRequest.of("beep").withPriority(Priority.HIGH));
        awaitState(high, CommandState.ACCEPTED);

        drive.cancel();

        List.of(low, normal, second, high).forEach(each -> each.await(SOON));
        assertThat(live.driver.executed)
                .containsExactly(
                        drive.commandId(), high.commandId(), normal.commandId(), second.commandId(), low.commandId());
    }

    @Test
    void moreThanMayWaitAreRejected() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        List<CommandHandle> beeps = IntStream.range(0, 20)
                .mapToObj(i -> fleet.commands().send(robot, CommandRequest.of("beep")))
                .toList();
        awaitState(beeps.get(19), CommandState.REJECTED);

        assertThat(beeps.get(15).execution().state()).isEqualTo(CommandState.ACCEPTED);
        assertThat(beeps.get(16).execution().state()).isEqualTo(CommandState.REJECTED);
    }

    @Test
    void aRunningCommandIsStoppedAtItsDeadline() {
        CommandHandle drive =
                fleet.commands().send(robot, CommandRequest.of("drive").withTimeToLive(Duration.ofSeconds(2)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(states(drive.execution()))
                        .containsSubsequence(CommandState.RUNNING, CommandState.EXPIRED));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(drive.execution().message().orElseThrow()).contains("stopped at its deadline"));
    }

    @Test
    void aWaitingCommandExpiresWithoutBeingRun() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        CommandHandle waiting =
                fleet.commands().send(robot, CommandRequest.of("beep").withTimeToLive(Duration.ofSeconds(1)));

        assertThat(waiting.await(SOON).state()).isEqualTo(CommandState.EXPIRED);
        drive.cancel();
        drive.await(SOON);
        CommandHandle last = fleet.commands().send(robot, CommandRequest.of("beep"));
        last.await(SOON);
        assertThat(live.driver.executed).containsExactly(drive.commandId(), last.commandId());
    }

    @Test
    void anEmergencyStopStopsTheDriverAndEndsWhatRunsAndWaits() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        CommandHandle waiting = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(waiting, CommandState.ACCEPTED);

        fleet.emergencyStop().stop(robot, "person in aisle", "kim");

        await().atMost(SOON).until(() -> live.driver.stopped);
        assertThat(drive.await(SOON).state()).isEqualTo(CommandState.FAILED);
        assertThat(drive.execution().message().orElseThrow()).contains("person in aisle");
        assertThat(waiting.await(SOON).state()).isEqualTo(CommandState.FAILED);
        awaitRobot(known -> known.status()
                .filter(status ->
                        status.value().emergencyStop() && status.value().state() == RobotState.STOPPED)
                .isPresent());
    }

    @Test
    void nothingMovesUntilBothLatchesAreReleased() {
        fleet.emergencyStop().stop(robot, "own", "kim");
        fleet.emergencyStop().stopAll("everybody", "kim");
        await().atMost(SOON).until(() -> live.driver.stopped);
        try {
            assertThat(run(CommandRequest.of("drive")).state()).isEqualTo(CommandState.REJECTED);
            assertThat(run(CommandRequest.of("beep")).state()).isEqualTo(CommandState.COMPLETED);
            fleet.emergencyStop().release(robot, "clear", "kim");
            await().atMost(SOON)
                    .until(() -> run(CommandRequest.of("drive"))
                            .message()
                            .orElseThrow()
                            .contains("everybody"));
            assertThat(live.driver.stopped).isTrue();
        } finally {
            fleet.emergencyStop().releaseAll("clear", "kim");
        }
        await().atMost(SOON).until(() -> !live.driver.stopped);
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
    }

    @Test
    void aStopIsLatchedAcrossARestart() {
        fleet.emergencyStop().stop(robot, "own", "kim");
        await().atMost(SOON).until(() -> live.driver.stopped);
        restart();

        assertThat(live.driver.events).startsWith("stop");
        assertThat(run(CommandRequest.of("drive")).state()).isEqualTo(CommandState.REJECTED);

        fleet.emergencyStop().release(robot, "clear", "kim");
        await().atMost(SOON).until(() -> !live.driver.stopped);
    }

    @Test
    void aStopMeantForARobotThatWasAwayHoldsItBeforeItsWaitingCommandsBegin() {
        live.close();
        fleet.emergencyStop().stop(robot, "own", "kim");
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));

        live = LiveAgent.started(options(), robot.value(), directory);

        assertThat(drive.await(SOON).state()).isEqualTo(CommandState.REJECTED);
        assertThat(live.driver.executed).isEmpty();
        assertThat(live.driver.stopped).isTrue();
    }

    @Test
    void aReleaseGivenWhileARobotWasAwayReachesItWhenItReturns() {
        fleet.emergencyStop().stop(robot, "own", "kim");
        await().atMost(SOON).until(() -> live.driver.stopped);
        live.close();
        fleet.emergencyStop().release(robot, "clear", "kim");

        live = LiveAgent.started(options(), robot.value(), directory);

        await().atMost(SOON).until(() -> live.driver.events.contains("release"));
    }

    @Test
    void aDriverThatFailsToStopIsReported() {
        live.driver.refusesToStop = true;
        fleet.emergencyStop().stop(robot, "own", "kim");
        awaitRobot(known -> errors(known).stream().anyMatch(error -> error.severity() == RobotError.Severity.FATAL));

        live.driver.refusesToStop = false;

        await().atMost(SOON).until(() -> live.driver.stopped);
        awaitRobot(known -> errors(known).isEmpty());
    }

    @Test
    void aFailingSensorIsReportedAndHurtsNothingElse() {
        live.driver.telemetryFailure = Optional.of(new IllegalStateException("lidar unplugged"));

        awaitRobot(known ->
                errors(known).stream().anyMatch(error -> error.description().contains("lidar")));
        assertThat(run(CommandRequest.of("beep")).state()).isEqualTo(CommandState.COMPLETED);

        live.driver.telemetryFailure = Optional.empty();
        awaitRobot(known -> errors(known).isEmpty());
    }

    @Test
    void desiredSettingsAreAppliedAndReportedWithWhatWasRefused() {
        fleet.settings()
                .replace(robot, json(Map.of("maxSpeed", 9, "lamp", "blue", "volume", 3)), SettingsGuard.any(), "kim");

        ReportedSettings reported = awaitApplied(1);
        assertThat(reported.errors()).containsOnlyKeys("/maxSpeed", "/lamp");
        assertThat(reported.errors().get("/lamp")).isEqualTo("there is no lamp");
        assertThat(reported.settings().get("maxSpeed")).isEmpty();
        assertThat(reported.settings().number("volume")).hasValue(5);
        assertThat(live.driver.settings).allMatch(given -> given.get("maxSpeed").isEmpty());
    }

    @Test
    void aRefusedValueLeavesTheOneInForce() {
        fleet.settings().replace(robot, json(Map.of("maxSpeed", 1, "tone", 1)), SettingsGuard.any(), "kim");
        awaitApplied(1);
        fleet.settings().replace(robot, json(Map.of("maxSpeed", 9, "tone", 2)), SettingsGuard.any(), "kim");

        ReportedSettings reported = awaitApplied(2);
        assertThat(reported.errors()).containsOnlyKeys("/maxSpeed");
        assertThat(reported.settings().number("maxSpeed")).hasValue(1);
        assertThat(reported.settings().number("tone")).hasValue(2);

        fleet.settings().replace(robot, json(Map.of("tone", 3)), SettingsGuard.any(), "kim");
        assertThat(awaitApplied(3).settings().get("maxSpeed")).isEmpty();
    }

    @Test
    void aRobotThatReturnsGetsOnlyTheNewestDesiredSettings() {
        awaitApplied(0);
        live.close();
        DesiredSettings last = DesiredSettings.none();
        for (int volume = 1; volume <= 5; volume++) {
            last = fleet.settings().replace(robot, JsonObject.of("tone", volume), SettingsGuard.any(), "kim");
        }

        live = LiveAgent.started(options(), robot.value(), directory);

        awaitApplied(last.revision());
        assertThat(live.driver.settings).containsExactly(JsonObject.empty(), JsonObject.of("tone", 5));
    }

    @Test
    void aRestartAppliesTheLastSettingsBeforeAnyCommandAndReportsThem() {
        fleet.settings().replace(robot, JsonObject.of("tone", 1), SettingsGuard.any(), "kim");
        awaitApplied(1);
        int before = reports();
        restart();

        assertThat(live.driver.settings).containsExactly(JsonObject.of("tone", 1));
        await().atMost(SOON).until(() -> reports() > before);
        assertThat(awaitApplied(1).settings().number("tone")).hasValue(1);
        assertThat(live.driver.settings).containsExactly(JsonObject.of("tone", 1));
    }

    @Test
    void settingsTheDriverThrowsAtAreRefusedWholeAndTheOldStayInForce() {
        fleet.settings().replace(robot, JsonObject.of("tone", 1), SettingsGuard.any(), "kim");
        awaitApplied(1);
        fleet.settings().replace(robot, JsonObject.of("explode", 1), SettingsGuard.any(), "kim");

        ReportedSettings reported = awaitApplied(2);
        assertThat(reported.errors()).containsOnlyKeys("");
        assertThat(reported.settings().number("tone")).hasValue(1);

        restart();
        assertThat(live.driver.settings).containsExactly(JsonObject.of("tone", 1));
    }

    @Test
    void aRunningCommandEndsFailedWhenTheAgentCloses() {
        CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
        awaitState(drive, CommandState.RUNNING);
        CommandHandle waiting = fleet.commands().send(robot, CommandRequest.of("beep"));
        awaitState(waiting, CommandState.ACCEPTED);

        restart();

        assertThat(drive.await(SOON).state()).isEqualTo(CommandState.FAILED);
        assertThat(drive.execution().message().orElseThrow()).contains("shutdown");
        assertThat(waiting.await(SOON).state()).isEqualTo(CommandState.COMPLETED);
    }

    private void restart() {
        live.close();
        live = LiveAgent.started(options(), robot.value(), directory);
    }

    private void assertAnsweredAgain(CommandRequest request, CommandState expected) {
        List<JsonObject> answers = new CopyOnWriteArrayList<>();
        try (WireTap tap = WireTap.on(fleets.server().url(), "robots.cmd.ack." + robot, answers::add)) {
            fleet.commands().send(robot, request);
            await().atMost(SOON).until(() -> !answers.isEmpty());
        }
        assertThat(answers.get(0).object("payload").orElseThrow().string("state"))
                .contains(expected.name());
    }

    private CommandExecution run(CommandRequest request) {
        return fleet.commands().send(robot, request).await(SOON);
    }

    private static void awaitState(CommandHandle handle, CommandState state) {
        await().atMost(SOON).until(() -> handle.execution().steps().stream().anyMatch(step -> step.state() == state));
    }

    private Robot awaitRobot(Predicate<Robot> condition) {
        return await().atMost(SOON)
                .until(
                        () -> fleet.robots().find(robot),
                        found -> found.filter(condition).isPresent())
                .orElseThrow();
    }

    private ReportedSettings awaitApplied(long revision) {
        return await().atMost(SOON)
                .until(
                        () -> fleet.settings().reported(robot).map(Received::value),
                        reported -> reported.filter(each -> each.appliedRevision() == revision)
                                .isPresent())
                .orElseThrow();
    }

    private int reports() {
        return WireTap.count(fleets.server().url(), "ROBOT_SETTINGS", "robots.settings.reported." + robot);
    }

    private static List<RobotError> errors(Robot known) {
        return known.status().map(status -> status.value().errors()).orElse(List.of());
    }

    private static List<CommandState> states(CommandExecution execution) {
        return execution.steps().stream().map(CommandExecution.Step::state).toList();
    }

    private static JsonObject json(Map<String, Object> members) {
        return JsonObject.of(members);
    }

    private static NatsOptions options() {
        return TestFleets.options(fleets.server().url());
    }
}
