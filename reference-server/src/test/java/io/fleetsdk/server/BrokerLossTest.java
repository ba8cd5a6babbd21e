package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.server.Caller.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrokerLossTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void withoutABrokerTheServerShowsWhatItKnowsRefusesChangesAndComesBackByItself() {
        server.operator().put("/api/v1/robots/RB-001", "{\"notes\":\"before\"}");
        assertThat(server.nobody().get("/health/ready").status()).isEqualTo(200);

        server.broker().kill();
        await().atMost(SOON).until(() -> server.nobody().get("/health/ready").status() == 503);
        Answer unready = server.nobody().get("/health/ready");
        assertThat(unready.json().at("/components/broker/status").stringValue()).isEqualTo("DOWN");
        assertThat(server.nobody().get("/health/live").status()).isEqualTo(200);
        assertThat(server.viewer()
                        .get("/api/v1/robots/RB-001")
                        .json()
                        .at("/notes")
                        .stringValue())
                .isEqualTo("before");
        Answer refused = server.operator().post("/api/v1/emergency-stop", "{\"reason\":\"smoke\"}");
        assertThat(refused.status()).isIn(503, 504);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        Answer job = server.operator().post("/api/v1/jobs", "{\"queue\":\"training\",\"type\":\"export\"}");
        assertThat(job.status()).as(job.body()).isIn(503, 504);
        assertThat(server.viewer().get("/api/v1/jobs/queues").status()).isIn(503, 504);
        assertThat(server.viewer().get("/metrics").body()).contains("fleet_broker_connected 0.0");

        server.broker().restart();
        await().atMost(SOON).until(() -> server.nobody().get("/health/ready").status() == 200);
        await().atMost(SOON)
                .until(() -> server.operator()
                                .put("/api/v1/robots/RB-001", "{\"notes\":\"after\"}")
                                .status()
                        == 200);
        await().atMost(SOON)
                .until(() -> server.operator()
                                .post("/api/v1/jobs", "{\"queue\":\"training\",\"type\":\"export\"}")
                                .status()
                        == 201);
    }
}
