package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.server.Caller.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CommandRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aCommandIsShownThroughToItsResult() {
        try (PlayedRobot robot = known("RB-001")) {
            robot.obeys();
            Answer sent = server.operator()
                    .post("/api/v1/robots/RB-001/commands", "{\"commandType\":\"goto\",\"payload\":{\"x\":1}}");
            assertThat(sent.status()).isEqualTo(202);
            String path = "/api/v1/robots/RB-001/commands/"
                    + sent.json().at("/commandId").stringValue();
            await().atMost(SOON).until(() -> state(path).equals("COMPLETED"));
            JsonNode command = server.viewer().get(path).json();
            assertThat(command.at("/result/metres").longValue()).isEqualTo(7);
            assertThat(command.at("/progress").doubleValue()).isEqualTo(50);
            assertThat(command.at("/payload/x").longValue()).isEqualTo(1);
            assertThat(command.at("/requestedBy").stringValue()).isEqualTo("otto");
            assertThat(command.at("/steps"))
                    .extracting(step -> step.at("/state").stringValue())
                    .containsExactly("REQUESTED", "ACCEPTED", "RUNNING", "COMPLETED");
        }
    }

    @Test
    void whatTheCallerAsksForReachesTheRobot() {
        List<Command> heard = new CopyOnWriteArrayList<>();
        UUID id = UUID.randomUUID();
        try (PlayedRobot robot = known("RB-002")) {
            robot.hears(heard::add);
            server.operator()
                    .post(
                            "/api/v1/robots/RB-002/commands",
                            "{\"commandType\":\"goto\",\"commandId\":\"" + id
                                    + "\",\"priority\":\"HIGH\",\"timeToLiveSeconds\":30}");
            await().atMost(SOON)
                    .until(() -> heard.stream().anyMatch(c -> c.type().equals("goto")));
        }
        assertThat(heard)
                .filteredOn(c -> c.type().equals("goto"))
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.commandId()).isEqualTo(id);
                    assertThat(command.priority()).hasToString("HIGH");
                    assertThat(command.requestedBy()).contains("otto");
                    assertThat(command.deadline()).isPresent();
                });
    }

    @Test
    void aRobotsCommandsAreListedNewestFirst() {
        try (PlayedRobot robot = known("RB-003")) {
            List<String> sent = List.of(send("RB-003"), send("RB-003"), send("RB-003"));
            JsonNode newest = server.viewer()
                    .get("/api/v1/robots/RB-003/commands?limit=2")
                    .json();
            assertThat(newest)
                    .extracting(command -> command.at("/commandId").stringValue())
                    .containsExactly(sent.get(2), sent.get(1));
        }
    }

    @Test
    void aRunningCommandIsCancelledAndAnEndedOneIsAConflict() {
        try (PlayedRobot robot = known("RB-004")) {
            robot.hears(command -> {
                if (command.type().equals("cancel")) {
                    UUID cancelled = UUID.fromString(
                            command.payload().string("commandId").orElseThrow());
                    robot.answers(cancelled, CommandAck.of(CommandState.CANCELLED));
                } else {
                    robot.answers(command.commandId(), CommandAck.of(CommandState.ACCEPTED));
                }
            });
            String path = "/api/v1/robots/RB-004/commands/" + send("RB-004");
            await().atMost(SOON).until(() -> state(path).equals("ACCEPTED"));
            assertThat(server.operator().delete(path).status()).isEqualTo(202);
            await().atMost(SOON).until(() -> state(path).equals("CANCELLED"));
            assertThat(server.operator().delete(path).status()).isEqualTo(409);
        }
    }

    @Test
    void aCommandToATagReachesThoseThatCarryItAndNoOther() {
        try (PlayedRobot tagged = known("RB-005");
                PlayedRobot other = known("RB-006")) {
            server.operator().put("/api/v1/robots/RB-005", "{\"tags\":[\"crane\"]}");
            JsonNode sent = server.operator()
                    .post("/api/v1/commands", "{\"target\":{\"tag\":\"crane\"},\"commandType\":\"goto\"}")
                    .json();
            assertThat(sent.at("/commands"))
                    .extracting(command -> command.at("/robotId").stringValue())
                    .containsExactly("RB-005");
        }
    }

    @Test
    void aCommandToAllIsOneCommandSeenAtEachRobot() {
        try (PlayedRobot robot = known("RB-007")) {
            Answer sent =
                    server.operator().post("/api/v1/commands", "{\"target\":{\"all\":true},\"commandType\":\"goto\"}");
            assertThat(sent.status()).isEqualTo(202);
            assertThat(sent.json().at("/commands")).hasSize(1);
            assertThat(sent.json().at("/commands/0").has("robotId")).isFalse();
            String id = sent.json().at("/commands/0/commandId").stringValue();
            assertThat(state("/api/v1/robots/RB-007/commands/" + id)).isEqualTo("REQUESTED");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                     | commandType
                    {"commandType":"go to"}                                | type
                    {"commandType":5}                                      | commandType
                    {"commandType":"goto","payload":[]}                    | payload
                    {"commandType":"goto","commandId":"1-1-1-1-1"}         | commandId
                    {"commandType":"goto","priority":"high"}               | priority
                    {"commandType":"goto","timeToLiveSeconds":0}           | timeToLive
                    {"commandType":"goto","timeToLiveSeconds":1.5}         | timeToLiveSeconds
                    {"commandType":"goto","timeToLiveSeconds":90000000000000000000} | timeToLiveSeconds
                    {"commandType":"goto","timeToLiveSeconds":9223372036854775807} | timeToLive
                    {"commandType":"goto","robot":"x"}                     | robot
                    {"commandType":"emergency_stop"}                       | commandType
                    {"commandType":"cancel"}                               | commandType
                    """)
    void aCommandThatBreaksARuleIsRefusedWithItsField(String body, String field) {
        try (PlayedRobot robot = known("RB-008")) {
            Answer refused = server.operator().post("/api/v1/robots/RB-008/commands", body);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/faults/0/field").stringValue()).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"commandType":"goto"}
            {"commandType":"goto","target":{}}
            {"commandType":"goto","target":{"all":false}}
            {"commandType":"goto","target":{"all":true,"tag":"a"}}
            {"commandType":"goto","target":{"tag":7}}
            """)
    void aTargetIsAllOrOneTag(String body) {
        Answer refused = server.operator().post("/api/v1/commands", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/field").stringValue()).isEqualTo("target");
    }

    @Test
    void aCommandToAnUnknownRobotIsRefused() {
        assertThat(server.operator()
                        .post("/api/v1/robots/RB-404/commands", "{\"commandType\":\"goto\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anUnknownCommandIsNotFoundAndAnIdThatIsNoneIsRefused() {
        try (PlayedRobot robot = known("RB-009")) {
            String path = "/api/v1/robots/RB-009/commands/";
            assertThat(server.viewer().get(path + UUID.randomUUID()).status()).isEqualTo(404);
            assertThat(server.operator().delete(path + UUID.randomUUID()).status())
                    .isEqualTo(404);
            assertThat(server.viewer().get(path + "seven").status()).isEqualTo(400);
        }
    }

    private static PlayedRobot known(String id) {
        PlayedRobot robot = server.robot(id);
        await().atMost(SOON)
                .until(() -> server.viewer().get("/api/v1/robots/" + id).status() == 200);
        return robot;
    }

    private static String send(String id) {
        return server.operator()
                .post("/api/v1/robots/" + id + "/commands", "{\"commandType\":\"goto\"}")
                .json()
                .at("/commandId")
                .stringValue();
    }

    private static String state(String path) {
        return server.viewer().get(path).json().at("/state").stringValue();
    }
}
