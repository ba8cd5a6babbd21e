package io.fleetsdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.agent.replay.ReplayRobot;
import io.fleetsdk.agent.simulation.SimulatedRobot;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.Priority;
import io.fleetsdk.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class AgentInputTest {
    @Test
    void withoutMoreThanItsIdItIsASimulatedRobot() {
        AgentConfig config = config("--robot", "RB-001");

        assertThat(config.robot().robotId().value()).isEqualTo("RB-001");
        assertThat(config.body()).isInstanceOf(SimulatedRobot.class);
        assertThat(config.broker().servers()).containsExactly("nats://127.0.0.1:4222");
        assertThat(config.directory()).isEqualTo(Path.of(".fleet", "agents", "RB-001"));
    }

    @Test
    void replayWithoutAFileTakesTheRouteThatShips() {
        AgentConfig config = config("--robot", "RB-001", "--zone", "hall-2", "--replay", "--speed", "2");

        assertThat(config.body()).isInstanceOf(ReplayRobot.class);
        assertThat(config.robot().zoneId()).contains("hall-2");
        assertThat(config.body().telemetry().values()).containsKey("recordedSeconds");
    }

    @Test
    void aFileThatIsNamedIsReplayedFromItsStart(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("drive.csv"), "t,x,y\n0,5,6\n1,7,8\n");
        AgentConfig config = config("--robot", "RB-001", "--replay", file.toString());

        assertThat(config.body().telemetry().position().orElseThrow().x()).isEqualTo(5);
    }

    @Test
    void neighboursOnTheShippedRouteDoNotDriveInsideEachOther() {
        double one = recordedSeconds(config("--robot", "RB-007", "--replay"));
        double other = recordedSeconds(config("--robot", "RB-008", "--replay"));

        assertThat(Math.abs(one - other)).isGreaterThan(30);
    }

    @Test
    void neighboursBeginAtDifferentStations() {
        assertThat(Set.of(1, 2, 3, 4, 5, 6))
                .extracting(
                        i -> config("--robot", "RB-00" + i).body().telemetry().position())
                .doesNotHaveDuplicates();
    }

    /** What a robot says it can do it does not refuse, and what it says it can be set to it applies. */
    @ParameterizedTest
    @ValueSource(strings = {"--simulate", "--replay"})
    void theShippedConfigFitsItsBody(String body) {
        AgentConfig config = config("--robot", "RB-001", body);
        JsonObject settings = config.body().applySettings(JsonObject.empty()).settings();

        assertThat(config.robot().capability().commands())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(config.body().refusal(example(command.type())))
                        .isEmpty());
        assertThat(config.robot()
                        .capability()
                        .settingsSchema()
                        .object("properties")
                        .orElseThrow()
                        .asMap()
                        .keySet())
                .isEqualTo(settings.asMap().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--simulate                                        | --robot 'missing' is required without --config",
                "--robot ack                                       | robotId 'ack' must not be a reserved word",
                "--robot RB-001 --zone a.b                         | zoneId 'a.b' must be 1 to 64 of",
                "--robot RB-001 --nats localhost                   | servers 'localhost' must be an address",
                "--robot RB-001 --replay no.csv                    | recording 'no.csv' must be readable: no such file",
                "--robot RB-001 --replay --speed 0                 | speed '0.0' must be from 0.01 to 1000.0",
                "--robot RB-001 --replay --start 1,1               | --start '1,1' needs a simulated robot",
                "--robot RB-001 --speed 2                          | --speed 'given' needs --replay",
                "--robot RB-001 --once                             | --once 'given' needs --replay",
                "--robot RB-001 --start here                       | --start 'here' must be two numbers of metres",
                "--robot RB-001 --start 1,99                       | start '1.0,99.0' must be on the floor",
                "--robot RB-001 --credentials no.creds             | --credentials 'no.creds' must be a readable file",
                "--config no.json                                  | robot config 'no.json' must be an existing file",
            })
    void whatBreaksARuleIsRefusedWithIt(String arguments, String message) {
        assertThatThrownBy(() -> config(arguments.split(" ")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--robot", "--robot RB-001 --fly", "--robot RB-001 --seed x", "--robot R --simulate --replay"})
    void whatIsNotACommandLineIsRefused(String arguments) {
        assertThatThrownBy(() -> config(arguments.split(" "))).isInstanceOf(ParameterException.class);
    }

    @Test
    void aConfigOfARobotWithARealBodyIsRefused(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("robot_config.json"), """
                { "robotId": "RB-009",
                  "identity": { "model": "m", "vendor": "v", "firmwareVersion": "1" },
                  "runtime": { "mode": "REAL" } }
                """);

        assertThatThrownBy(() -> config("--config", file.toString()))
                .hasMessage("runtime.mode 'REAL' must be MOCK: this agent has no real body");
    }

    private static double recordedSeconds(AgentConfig config) {
        return config.body().telemetry().values().getOrDefault("recordedSeconds", Double.NaN);
    }

    private static Command example(String type) {
        JsonObject payload = JsonObject.of("x", 5, "y", 5).with("skill", "lift").with("mode", "MANUAL");
        return new Command(UUID.randomUUID(), type, payload, Priority.NORMAL, Optional.empty(), Optional.empty());
    }

    private static AgentConfig config(String... line) {
        AgentArguments arguments = new AgentArguments();
        new CommandLine(arguments).parseArgs(line);
        return AgentConfig.of(arguments);
    }
}
