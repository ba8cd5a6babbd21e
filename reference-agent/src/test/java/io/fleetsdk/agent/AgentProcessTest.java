package io.fleetsdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsGuard;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryQuery;
import io.fleetsdk.telemetry.TelemetryReading;
import io.fleetsdk.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run: a process of its own beside a real broker. */
class AgentProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static NatsServer broker;

    @SuppressWarnings("NullAway.Init")
    private static NatsFleet fleet;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeAll
    static void startBroker() {
        broker = NatsServer.start();
        NatsOptions options = NatsOptions.builder()
                .server(broker.url())
                .topology(FleetTopology.defaults().withByteBudget(1L << 30))
                .build();
        NatsFleet.applyTopology(options);
        fleet = NatsFleet.connect(options);
    }

    @AfterAll
    static void stopBroker() {
        fleet.close();
        broker.close();
    }

    @Test
    void aSimulatedRobotAnnouncesItselfReportsObeysAndSaysGoodbye() throws Exception {
        RobotId robot = RobotId.of("RB-SIM");
        List<TelemetryReading> readings = new CopyOnWriteArrayList<>();
        TelemetryFilter filter = TelemetryFilter.of(robot).on(TelemetryChannel.WHOLE);
        try (Subscription live = fleet.telemetry().subscribe(filter, Overflow.waitForRoom(1000), readings::add);
                AgentProcess agent = agent("RB-SIM").awaitReady()) {
            Robot announced = awaitRobot(robot, Presence.ONLINE);
            assertThat(announced.identity().orElseThrow().value().model()).isEqualTo("Simulated warehouse robot");
            assertThat(announced.capability().orElseThrow().value().command("move_to"))
                    .isPresent();

            await().atMost(SOON).until(() -> readings.size() >= 30);
            assertThat(hertz(readings)).isGreaterThan(5);

            CommandExecution calibrated =
                    fleet.commands().send(robot, CommandRequest.of("calibrate")).await(SOON);
            assertThat(calibrated.state()).as("%s", calibrated).isEqualTo(CommandState.COMPLETED);
            assertThat(calibrated.progress().orElseThrow()).isGreaterThan(50);

            fleet.settings().replace(robot, JsonObject.of("maxSpeed", 0.5), SettingsGuard.any(), "test");
            await().atMost(SOON).until(() -> reported(robot).equals(JsonObject.of("maxSpeed", 0.5, "batteryLow", 20)));

            assertThat(agent.terminate().exitCode()).isZero();
            assertThat(agent.err()).contains("RB-SIM has stopped");
            awaitRobot(robot, Presence.OFFLINE);
        }
    }

    /** At a hundred times its pace: the recording takes 395 s. */
    @Test
    void theHuskyDrivesItsRecordedThreeHundredAndFiftyNineMetres() throws Exception {
        RobotId robot = RobotId.of("RB-HUSKY");
        Path drive = SharedData.file("trajectories/husky_odom.csv");
        try (AgentProcess agent = agent("RB-HUSKY", "--replay", drive.toString(), "--speed", "100", "--once")
                .awaitReady()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(latest(robot, "driven")).isCloseTo(359, within(1.0)));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(latest(robot, "recordedSeconds")).isCloseTo(395.3, within(0.1)));

            assertThat(agent.terminate().exitCode()).isZero();
        }
    }

    @Test
    void anEmergencyStopHoldsAReplayUntilItIsReleased() throws Exception {
        RobotId robot = RobotId.of("RB-REPLAY");
        try (AgentProcess agent = agent("RB-REPLAY", "--replay", "--speed", "5").awaitReady()) {
            awaitRobot(robot, Presence.ONLINE);
            fleet.emergencyStop().stop(robot, "test", "test");
            await().atMost(SOON).until(() -> isHeld(robot));
            await().atMost(SOON).until(() -> standsStill(robot));

            fleet.emergencyStop().release(robot, "test", "test");
            await().atMost(SOON).until(() -> !standsStill(robot));
            assertThat(agent.terminate().exitCode()).isZero();
        }
    }

    @Test
    void itEndsInOrderWithTheProcessThatHoldsItsInput() throws Exception {
        try (AgentProcess agent = agent("RB-PIPE", "--exit-with-stdin").awaitReady()) {
            awaitRobot(RobotId.of("RB-PIPE"), Presence.ONLINE);

            assertThat(agent.closeStdin().exitCode()).isZero();
            awaitRobot(RobotId.of("RB-PIPE"), Presence.OFFLINE);
        }
    }

    @Test
    void whatTheUserGotWrongIsOneLineAndExitCodeTwo() throws Exception {
        try (AgentProcess agent = agent("RB-WRONG", "--replay", "missing.csv")) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.err())
                    .isEqualTo("reference-agent: recording 'missing.csv' must be readable: no such file\n");
        }
    }

    @Test
    void aSecondAgentOfTheSameRobotIsRefused() throws Exception {
        try (AgentProcess first = agent("RB-TWICE").awaitReady()) {
            awaitRobot(RobotId.of("RB-TWICE"), Presence.ONLINE);
            try (AgentProcess second = agent("RB-TWICE")) {
                assertThat(second.exitCode()).isEqualTo(2);
                assertThat(second.err()).startsWith("reference-agent: ").hasLineCount(1);
            }
            assertThat(first.terminate().exitCode()).isZero();
        }
    }

    @Test
    void helpIsToBeHad() throws Exception {
        try (AgentProcess agent = AgentProcess.start(directory, List.of("--help"))) {
            assertThat(agent.exitCode()).isZero();
            assertThat(agent.out()).contains("--robot=ID").contains("--replay").contains("nats://127.0.0.1:4222");
        }
    }

    private AgentProcess agent(String robot, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--robot", robot, "--nats", broker.url()));
        arguments.addAll(List.of("--data-dir", directory.resolve(robot).toString()));
        arguments.addAll(List.of(more));
        return AgentProcess.start(directory, arguments);
    }

    private static Robot awaitRobot(RobotId robot, Presence presence) {
        return await().atMost(SOON)
                .until(
                        () -> fleet.robots().find(robot),
                        found -> found.isPresent()
                                && found.get().presence() == presence
                                && found.get().identity().isPresent()
                                && found.get().capability().isPresent())
                .orElseThrow();
    }

    private static boolean isHeld(RobotId robot) {
        return fleet.robots()
                .find(robot)
                .flatMap(Robot::status)
                .map(status -> status.value().emergencyStop())
                .orElse(false);
    }

    /** Whether the newest five samples were taken at one moment of the recording. */
    private static boolean standsStill(RobotId robot) {
        List<TelemetryReading> newest =
                fleet.telemetry().history(TelemetryQuery.of(robot).limit(5));
        return newest.size() == 5
                && newest.stream()
                                .map(reading -> reading.sample().values().get("recordedSeconds"))
                                .distinct()
                                .count()
                        == 1;
    }

    private static double latest(RobotId robot, String value) {
        return fleet.telemetry()
                .latest(robot, TelemetryChannel.WHOLE)
                .map(reading -> reading.sample().values().getOrDefault(value, Double.NaN))
                .orElse(Double.NaN);
    }

    private static JsonObject reported(RobotId robot) {
        return fleet.settings()
                .reported(robot)
                .map(Received::value)
                .map(ReportedSettings::settings)
                .orElse(JsonObject.empty());
    }

    /** By the robot's own clock, so that a slow machine's queues do not count. */
    private static double hertz(List<TelemetryReading> readings) {
        Duration span = Duration.between(
                readings.get(0).sentAt(), readings.get(readings.size() - 1).sentAt());
        return (readings.size() - 1) / (span.toMillis() / 1e3);
    }
}
