package io.fleetsdk.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class QuarantineRoutesTest {
    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void whatCouldNotBeReadIsCountedAndShownWithItsReason() {
        try (PlayedRobot robot = server.robot("RB-001")) {
            robot.says("robots.telemetry.RB-001", "{".getBytes(UTF_8));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.viewer()
                                    .get("/api/v1/quarantine")
                                    .json()
                                    .at("/counts/NOT_JSON")
                                    .longValue(0)
                            == 1);
        }
        JsonNode newest =
                server.viewer().get("/api/v1/quarantine?limit=1").json().at("/newest");
        assertThat(newest).hasSize(1);
        assertThat(newest.at("/0/subject").stringValue()).isEqualTo("robots.telemetry.RB-001");
        assertThat(newest.at("/0/size").longValue()).isEqualTo(1);
        assertThat(server.viewer().get("/metrics").body()).contains("fleet_quarantined{reason=\"not_json\"} 1.0");
    }
}
