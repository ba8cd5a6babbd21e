package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.server.Caller.Answer;
import io.fleetsdk.settings.ReportedSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class SettingsRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void desiredSettingsStartEmptyAndCountTheirRevisions() {
        String path = desired("RB-001");
        Answer before = server.viewer().get(path);
        assertThat(before.json().at("/revision").longValue()).isZero();
        assertThat(before.header("ETag")).isEqualTo("\"0\"");

        Answer changed = server.operator().put(path, "{\"payload\":{\"speed\":{\"max\":1.5}}}");
        assertThat(changed.json().toString()).isEqualTo("{\"ok\":true,\"revision\":1}");
        assertThat(changed.header("ETag")).isEqualTo("\"1\"");

        JsonNode after = server.viewer().get(path).json();
        assertThat(after.at("/payload/speed/max").doubleValue()).isEqualTo(1.5);
        assertThat(after.at("/requestedBy").stringValue()).isEqualTo("otto");
        assertThat(after.at("/changedAt").has("/speed/max")).isTrue();
    }

    @Test
    void aMergePatchChangesOneMemberAndRemovesAnother() {
        String path = desired("RB-002");
        server.operator().put(path, "{\"payload\":{\"a\":1,\"b\":2,\"c\":{\"d\":3}}}");
        Answer patched = server.operator().patch(path, "{\"b\":null,\"c\":{\"e\":4}}");
        assertThat(patched.json().at("/revision").longValue()).isEqualTo(2);
        assertThat(server.viewer().get(path).json().at("/payload").toString())
                .isEqualTo("{\"a\":1,\"c\":{\"d\":3,\"e\":4}}");
    }

    @Test
    void aChangeThatBuildsOnAnOldRevisionIsRefusedWithTheCurrentOne() {
        String path = desired("RB-003");
        server.operator().put(path, "{\"payload\":{\"a\":1}}", "If-Match", "\"0\"");
        Answer put = server.operator().put(path, "{\"payload\":{\"a\":2}}", "If-Match", "\"0\"");
        Answer patch = server.operator().patch(path, "{\"a\":2}", "If-Match", "\"7\"");
        assertThat(put.status()).isEqualTo(412);
        assertThat(put.json().at("/currentRevision").longValue()).isEqualTo(1);
        assertThat(patch.status()).isEqualTo(412);
        assertThat(server.viewer().get(path).json().at("/payload/a").longValue())
                .isEqualTo(1);
    }

    @Test
    void anIfMatchThatIsNoRevisionIsRefused() {
        String path = desired("RB-004");
        assertThat(server.operator()
                        .patch(path, "{}", "If-Match", "W/\"1\"")
                        .json()
                        .at("/faults/0/field")
                        .stringValue())
                .isEqualTo("If-Match");
        assertThat(server.operator().patch(path, "{\"a\":1}", "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void theDifferenceGoesFromPendingToInSyncWithTheRobotsWord() {
        try (PlayedRobot robot = server.robot("RB-005")) {
            String path = desired("RB-005");
            String base = "/api/v1/robots/RB-005/settings/";
            assertThat(server.viewer().get(base + "reported").status()).isEqualTo(404);
            server.operator().put(path, "{\"payload\":{\"speed\":2,\"lights\":true}}");
            JsonNode pending = server.viewer().get(base + "delta").json();
            assertThat(pending.at("/state").stringValue()).isEqualTo("PENDING");
            assertThat(pending.at("/entries")).hasSize(2);

            robot.reports(new ReportedSettings(
                    1, JsonObject.of("speed", 1, "lights", true), Map.of("/speed", "faster than allowed")));
            await().atMost(SOON)
                    .until(() -> server.viewer().get(base + "reported").status() == 200);
            JsonNode rejected = server.viewer().get(base + "delta").json();
            assertThat(rejected.at("/state").stringValue()).isEqualTo("REJECTED");
            assertThat(rejected.at("/entries/0/error").stringValue()).isEqualTo("faster than allowed");
            assertThat(rejected.at("/entries/0/desired").longValue()).isEqualTo(2);
            JsonNode reported = server.viewer().get(base + "reported").json();
            assertThat(reported.at("/payload/speed").longValue()).isEqualTo(1);
            assertThat(reported.at("/appliedRevision").longValue()).isEqualTo(1);
            await().atMost(SOON)
                    .until(() -> server.viewer()
                            .get("/api/v1/robots/RB-005")
                            .json()
                            .at("/reportedSettings/lights")
                            .booleanValue(false));

            robot.reports(new ReportedSettings(1, JsonObject.of("speed", 2, "lights", true), Map.of()));
            await().atMost(SOON)
                    .until(() -> server.viewer()
                            .get(base + "delta")
                            .json()
                            .at("/state")
                            .stringValue("")
                            .equals("IN_SYNC"));
        }
    }

    @Test
    void aBodyWithoutPayloadAndAPatchAsPlainJsonAreRefused() {
        String path = desired("RB-006");
        assertThat(server.operator().put(path, "{}").status()).isEqualTo(400);
        assertThat(server.operator()
                        .send("PATCH", path, "application/json", "{\"a\":1}")
                        .status())
                .isEqualTo(415);
        assertThat(server.operator().patch(path, "[]").status()).isEqualTo(400);
    }

    private static String desired(String id) {
        server.operator().put("/api/v1/robots/" + id, "{\"notes\":\"\"}");
        return "/api/v1/robots/" + id + "/settings/desired";
    }
}
