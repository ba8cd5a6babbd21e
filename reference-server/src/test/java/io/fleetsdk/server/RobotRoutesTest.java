package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.robot.Presence;
import io.fleetsdk.server.Caller.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class RobotRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aRobotThatAnnouncesItselfIsShownWithItsOwnWords() {
        try (PlayedRobot robot = server.robot("RB-001")) {
            JsonNode shown = shownOnceComplete("RB-001");
            assertThat(shown.at("/identity/model").stringValue()).isEqualTo("Walker");
            assertThat(shown.at("/capability/commands/0/type").stringValue()).isEqualTo("goto");
            assertThat(shown.at("/status/battery").doubleValue()).isEqualTo(80);
            assertThat(shown.at("/status/errors/0/severity").stringValue()).isEqualTo("WARNING");
            assertThat(shown.at("/presence").stringValue()).isEqualTo("ONLINE");
            assertThat(shown.at("/isEnabled").booleanValue()).isTrue();
            assertThat(server.viewer().get("/api/v1/robots").json())
                    .anySatisfy(robotDto -> assertThat(robotDto).isEqualTo(shown));
        }
    }

    @Test
    void aRobotThatSaidGoodbyeIsOffline() {
        try (PlayedRobot robot = server.robot("RB-002")) {
            robot.beats(Presence.OFFLINE);
            await().atMost(SOON)
                    .until(() -> one("RB-002").at("/presence").stringValue("").equals("OFFLINE"));
        }
    }

    @Test
    void eachAnnouncementIsKeptNewestFirst() {
        try (PlayedRobot robot = server.robot("RB-003")) {
            robot.announces("2.0");
            await().atMost(SOON)
                    .until(() -> server.viewer()
                            .get("/api/v1/robots/RB-003/identity")
                            .json()
                            .at("/payload/firmwareVersion")
                            .stringValue("")
                            .equals("2.0"));
            JsonNode identities = server.viewer()
                    .get("/api/v1/robots/RB-003/identity/history")
                    .json();
            JsonNode capabilities = server.viewer()
                    .get("/api/v1/robots/RB-003/capability/history")
                    .json();
            assertThat(identities.at("/0/payload/firmwareVersion").stringValue())
                    .isEqualTo("2.0");
            assertThat(identities.at("/1/payload/firmwareVersion").stringValue())
                    .isEqualTo("1.0");
            assertThat(capabilities).hasSize(2);
            assertThat(server.viewer()
                            .get("/api/v1/robots/RB-003/capability")
                            .json()
                            .at("/payload/firmwareVersion")
                            .stringValue())
                    .isEqualTo("2.0");
        }
    }

    @Test
    void anOperatorDescribesARobotBeforeItArrives() {
        Answer answer = server.operator()
                .put(
                        "/api/v1/robots/RB-100",
                        "{\"displayName\":\"Nummer hundert 🤖\",\"isEnabled\":false,\"tags\":[\"b\",\"a\"],\"notes\":\"n\"}");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode robot = one("RB-100");
        assertThat(robot).isEqualTo(answer.json());
        assertThat(robot.at("/displayName").stringValue()).isEqualTo("Nummer hundert 🤖");
        assertThat(robot.at("/isEnabled").booleanValue()).isFalse();
        assertThat(robot.at("/tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(server.viewer().get("/api/v1/robots/RB-100/identity").status())
                .isEqualTo(404);
    }

    @Test
    void whatIsLeftOutOfADescriptionStays() {
        server.operator().put("/api/v1/robots/RB-101", "{\"displayName\":\"one\",\"tags\":[\"t\"]}");
        JsonNode after = server.operator()
                .put("/api/v1/robots/RB-101", "{\"notes\":\"kept dry\",\"displayName\":null}")
                .json();
        assertThat(after.at("/displayName").stringValue()).isEqualTo("one");
        assertThat(after.at("/tags/0").stringValue()).isEqualTo("t");
        assertThat(after.at("/notes").stringValue()).isEqualTo("kept dry");
    }

    @Test
    void aDescriptionThatBuildsOnAnOldRevisionIsRefusedWithTheCurrentOne() {
        String path = "/api/v1/robots/RB-102";
        JsonNode first = server.operator().put(path, "{\"notes\":\"1\"}").json();
        String old = "\"" + first.at("/metadataRevision").longValue() + "\"";
        JsonNode second = server.operator()
                .put(path, "{\"notes\":\"2\"}", "If-Match", old)
                .json();
        Answer refused = server.operator().put(path, "{\"notes\":\"3\"}", "If-Match", old);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.json().at("/currentRevision").longValue())
                .isEqualTo(second.at("/metadataRevision").longValue());
        assertThat(one("RB-102").at("/notes").stringValue()).isEqualTo("2");
    }

    @Test
    void everyFaultOfADescriptionIsNamed() {
        Answer refused = server.operator()
                .put("/api/v1/robots/RB-103", "{\"isEnabled\":\"yes\",\"tags\":[1],\"displayNme\":\"x\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults"))
                .extracting(fault -> fault.at("/field").stringValue())
                .containsExactlyInAnyOrder("isEnabled", "tags", "displayNme");
        assertThat(server.viewer().get("/api/v1/robots/RB-103").status()).isEqualTo(404);
    }

    private static JsonNode shownOnceComplete(String id) {
        await().atMost(SOON).until(() -> {
            JsonNode robot = one(id);
            return robot.has("identity") && robot.has("capability") && robot.has("status") && robot.has("firstSeenAt");
        });
        return one(id);
    }

    private static JsonNode one(String id) {
        return server.viewer().get("/api/v1/robots/" + id).json();
    }
}
