package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.SettingsGuard;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryReading;
import io.fleetsdk.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final RobotId ROBOT = RobotId.of("RB-1");

    @TempDir
    Path directory;

    private NatsServer server;
    private NatsFleet fleet;
    private CutLine line;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        fleet = TestFleets.connect(TestFleets.options(server.url()));
        line = new CutLine(server.port());
    }

    @AfterEach
    void stop() {
        line.close();
        fleet.close();
        server.close();
    }

    @Test
    void anAnswerGivenWhileTheBrokerWasDeadIsDelivered() {
        try (LiveAgent live = started()) {
            CommandHandle drive =
                    fleet.commands().send(ROBOT, CommandRequest.of("drive").withTimeToLive(Duration.ofSeconds(3)));
            awaitStep(drive, CommandState.RUNNING);
            server.kill();
            await().atMost(SOON).until(() -> live.agent.statistics().answersPending() > 0);

            server.restart();

            await().atMost(SOON).until(() -> live.agent.statistics().answersPending() == 0);
            JsonObject last = WireTap.last(server.url(), "ROBOT_ACKS", "robots.cmd.ack." + ROBOT)
                    .object("payload")
                    .orElseThrow();
            assertThat(last.string("state")).contains("EXPIRED");
            assertThat(last.string("message").orElseThrow()).contains("stopped at its deadline");
        }
    }

    @Test
    void aReturnedAgentTakesCommandsAgain() {
        try (LiveAgent live = started()) {
            cutAndMend(live);

            CommandHandle beep = fleet.commands().send(ROBOT, CommandRequest.of("beep"));
            assertThat(beep.await(SOON).state()).isEqualTo(CommandState.COMPLETED);
        }
    }

    @Test
    void telemetryOfAnOutageIsDroppedCountedAndProvenByItsGap() {
        List<TelemetryReading> readings = new CopyOnWriteArrayList<>();
        try (Subscription subscription = fleet.telemetry()
                        .subscribe(TelemetryFilter.of(ROBOT), Overflow.dropOldest(10_000), readings::add);
                LiveAgent live = started()) {
            await().atMost(SOON).until(() -> !readings.isEmpty());
            line.cut();
            await().atMost(SOON).until(() -> live.agent.statistics().dropped() > 20);
            int before = readings.size();
            line.mend();
            await().atMost(SOON).until(() -> readings.size() > before + 5);

            assertThat(subscription.dropped()).isZero();
            long lost = 0;
            for (int i = 1; i < readings.size(); i++) {
                long step = readings.get(i).seq().orElseThrow()
                        - readings.get(i - 1).seq().orElseThrow();
                assertThat(step).isPositive();
                lost += step - 1;
            }
            assertThat(lost)
                    .isPositive()
                    .isLessThanOrEqualTo(live.agent.statistics().dropped());
        }
    }

    @Test
    void desiredSettingsChangedDuringACutReachTheRobotWhenItReturns() {
        try (LiveAgent live = started()) {
            line.cut();
            await().atMost(SOON).until(() -> live.link.connection() == RobotLink.Connection.DISCONNECTED);
            fleet.settings().replace(ROBOT, JsonObject.of("tone", 1), SettingsGuard.any(), "kim");
            fleet.settings().replace(ROBOT, JsonObject.of("tone", 2), SettingsGuard.any(), "kim");
            line.mend();

            await().atMost(SOON)
                    .until(() -> fleet.settings()
                            .reported(ROBOT)
                            .filter(reported -> reported.value().appliedRevision() == 2)
                            .isPresent());
            assertThat(live.driver.settings).containsExactly(JsonObject.empty(), JsonObject.of("tone", 2));
        }
    }

    @Test
    void aStopGivenDuringACutHoldsTheRobotBeforeItTakesACommand() {
        try (LiveAgent live = started()) {
            line.cut();
            await().atMost(SOON).until(() -> live.link.connection() == RobotLink.Connection.DISCONNECTED);
            fleet.emergencyStop().stop(ROBOT, "smoke", "kim");
            CommandHandle drive = fleet.commands().send(ROBOT, CommandRequest.of("drive"));
            line.mend();

            assertThat(drive.await(SOON).state()).isEqualTo(CommandState.REJECTED);
            assertThat(live.driver.executed).isEmpty();
            assertThat(live.driver.stopped).isTrue();
        }
    }

    @Test
    void aLatchedRobotThatStartsWithoutABrokerIsHeldUntilItHearsOfTheRelease() {
        try (LiveAgent live = started()) {
            fleet.emergencyStop().stop(ROBOT, "smoke", "kim");
            await().atMost(SOON).until(() -> live.driver.stopped);
        }
        fleet.emergencyStop().release(ROBOT, "clear", "kim");
        line.cut();

        try (LiveAgent live = started()) {
            assertThat(live.driver.events).startsWith("stop");
            assertThat(live.driver.stopped).isTrue();
            line.mend();
            await().atMost(SOON).until(() -> live.driver.events.contains("release"));
        }
    }

    @Test
    void whatWasAcceptedIsCarriedOutWithoutABroker() {
        CommandHandle waiting;
        try (LiveAgent live = started()) {
            CommandHandle drive = fleet.commands().send(ROBOT, CommandRequest.of("drive"));
            awaitStep(drive, CommandState.RUNNING);
            waiting = fleet.commands().send(ROBOT, CommandRequest.of("beep"));
            awaitStep(waiting, CommandState.ACCEPTED);
        }
        line.cut();
        try (LiveAgent live = started()) {
            await().atMost(SOON).until(() -> live.driver.executed.contains(waiting.commandId()));
            line.mend();
            assertThat(waiting.await(SOON).state()).isEqualTo(CommandState.COMPLETED);
        }
    }

    private void cutAndMend(LiveAgent live) {
        line.cut();
        await().atMost(SOON).until(() -> live.link.connection() == RobotLink.Connection.DISCONNECTED);
        line.mend();
    }

    private static void awaitStep(CommandHandle handle, CommandState state) {
        await().atMost(SOON)
                .until(() -> handle.execution().steps().stream()
                        .map(CommandExecution.Step::state)
                        .anyMatch(state::equals));
    }

    private LiveAgent started() {
        return LiveAgent.started(options(), ROBOT.value(), directory);
    }

    private NatsOptions options() {
        return TestFleets.options(line.url());
    }
}
