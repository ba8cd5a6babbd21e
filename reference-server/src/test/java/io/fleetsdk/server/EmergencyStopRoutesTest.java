package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class EmergencyStopRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ROBOT = "/api/v1/robots/RB-001";
    private static final String FLEET = "/api/v1/emergency-stop";

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aStopHoldsUntilItIsReleasedAndNamesWhoAndWhy() {
        describe("RB-001");
        JsonNode stopped = server.operator()
                .post(ROBOT + "/emergency-stop", "{\"reason\":\"smoke\"}")
                .json();
        assertThat(stopped.at("/stopped").booleanValue()).isTrue();
        assertThat(stopped.at("/reason").stringValue()).isEqualTo("smoke");
        assertThat(stopped.at("/requestedBy").stringValue()).isEqualTo("otto");
        assertThat(server.viewer().get(ROBOT + "/emergency-stop").json()).isEqualTo(stopped);
        assertThat(server.fleet().emergencyStop().isStopped(io.fleetsdk.robot.RobotId.of("RB-001")))
                .isTrue();
        awaitHold("ROBOT");

        JsonNode released = server.operator().delete(ROBOT + "/emergency-stop").json();
        assertThat(released.at("/stopped").booleanValue()).isFalse();
        assertThat(released.at("/revision").longValue())
                .isGreaterThan(stopped.at("/revision").longValue());
        awaitHold("");
    }

    @Test
    void aStopOfAllHoldsEachRobotAndIsReleasedForAll() {
        describe("RB-001");
        assertThat(server.operator().post(FLEET, "{\"reason\":\"fire\"}").status())
                .isEqualTo(200);
        awaitHold("FLEET");
        assertThat(server.viewer().get(FLEET).json().at("/stopped").booleanValue())
                .isTrue();
        assertThat(server.operator()
                        .send("DELETE", FLEET, "application/json", "{\"reason\":\"out\"}")
                        .json()
                        .at("/reason")
                        .stringValue())
                .isEqualTo("out");
        awaitHold("");
    }

    @Test
    void nothingIsRefusedForWantOfAReason() {
        describe("RB-002");
        String path = "/api/v1/robots/RB-002/emergency-stop";
        assertThat(server.operator().send("POST", path).json().at("/stopped").booleanValue())
                .isTrue();
        assertThat(server.operator().delete(path).status()).isEqualTo(200);
    }

    @Test
    void aStopOfARobotNobodyKnowsIsNotPretended() {
        assertThat(server.operator()
                        .post("/api/v1/robots/RB-404/emergency-stop", "{\"reason\":\"smoke\"}")
                        .status())
                .isEqualTo(404);
    }

    private static void describe(String id) {
        server.operator().put("/api/v1/robots/" + id, "{\"notes\":\"\"}");
    }

    private static void awaitHold(String scope) {
        await().atMost(SOON)
                .until(() -> server.viewer()
                        .get(ROBOT)
                        .json()
                        .at("/emergencyStop/scope")
                        .stringValue("")
                        .equals(scope));
    }
}
