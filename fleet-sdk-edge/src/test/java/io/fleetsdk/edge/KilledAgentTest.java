package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryReading;
import io.fleetsdk.testing.FleetExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What survives {@code kill -9} of the agent's process. */
class KilledAgentTest {
    @RegisterExtension
    static final FleetExtension fleets = TestFleets.extension();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static int robots;

    @TempDir
    Path directory;

    private RobotId robot;

    @BeforeEach
    void name() {
        robot = RobotId.of("RB-" + ++robots);
    }

    @Test
    void aCommandThatWasRunningIsReportedFailedAndNotRunAgain(Fleet fleet) throws Exception {
        CommandHandle drive;
        try (AgentProcess agent = start()) {
            drive = fleet.commands().send(robot, CommandRequest.of("drive"));
            await().atMost(SOON).until(() -> drive.execution().state() == CommandState.RUNNING);
            await().atMost(SOON).until(() -> written().contains("executed " + drive.commandId()));
            agent.kill();
        }
        try (AgentProcess agent = start()) {
            assertThat(drive.await(SOON).state()).isEqualTo(CommandState.FAILED);
            assertThat(drive.execution().message()).contains("interrupted by restart");
            CommandHandle beep = fleet.commands().send(robot, CommandRequest.of("beep"));
            beep.await(SOON);
            assertThat(written()).containsExactly("executed " + drive.commandId(), "executed " + beep.commandId());
        }
    }

    @Test
    void noCommandRunsTwiceHoweverOftenTheAgentDies(Fleet fleet) throws Exception {
        List<CommandHandle> beeps = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (AgentProcess agent = start()) {
                CommandRequest request = CommandRequest.of("beep");
                CommandHandle first = fleet.commands().send(robot, request);
                beeps.add(first);
                fleet.commands().send(robot, request.withCommandId(first.commandId()));
                int ended = round;
                await().atMost(SOON).until(() -> written().size() > ended);
                agent.kill();
            }
        }
        try (AgentProcess agent = start()) {
            beeps.forEach(beep -> beep.await(SOON));
            fleet.commands()
                    .send(
                            robot,
                            CommandRequest.of("beep").withCommandId(beeps.get(0).commandId()));
            CommandHandle last = fleet.commands().send(robot, CommandRequest.of("beep"));
            assertThat(last.await(SOON).state()).isEqualTo(CommandState.COMPLETED);
            assertThat(written()).doesNotHaveDuplicates().hasSize(5);
        }
    }

    @Test
    void aLatchedStopHoldsAgainFirstOfAll(Fleet fleet) throws Exception {
        try (AgentProcess agent = start()) {
            await().atMost(SOON).until(() -> fleet.robots().find(robot).isPresent());
            fleet.emergencyStop().stop(robot, "smoke", "kim");
            await().atMost(SOON).until(() -> written().contains("stop"));
            await().atMost(SOON).until(() -> Files.exists(directory.resolve("estop.json")));
            agent.kill();
        }
        try (AgentProcess agent = start()) {
            CommandHandle drive = fleet.commands().send(robot, CommandRequest.of("drive"));
            assertThat(drive.await(SOON).state()).isEqualTo(CommandState.REJECTED);
            assertThat(written()).containsExactly("stop", "stop");
        }
    }

    @Test
    void noCounterComesTwice(Fleet fleet) throws Exception {
        List<TelemetryReading> readings = new CopyOnWriteArrayList<>();
        try (Subscription subscription =
                fleet.telemetry().subscribe(TelemetryFilter.of(robot), Overflow.dropOldest(10_000), readings::add)) {
            for (int round = 0; round < 2; round++) {
                int before = readings.size();
                try (AgentProcess agent = start()) {
                    await().atMost(SOON).until(() -> readings.size() > before + 5);
                    agent.kill();
                }
            }
            assertThat(subscription.dropped()).isZero();
        }
        List<Long> numbers =
                readings.stream().map(reading -> reading.seq().orElseThrow()).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    private AgentProcess start() throws IOException {
        return AgentProcess.start(fleets.server().url(), robot.value(), directory);
    }

    private List<String> written() throws IOException {
        Path file = directory.resolve("driver");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
