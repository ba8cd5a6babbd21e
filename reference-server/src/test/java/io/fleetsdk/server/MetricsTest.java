package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void robotsTelemetryCommandsAndClientsAreCounted() {
        try (PlayedRobot robot = server.robot("RB-001");
                EventReader events = server.viewer().events()) {
            robot.obeys();
            for (int i = 0; i < 25; i++) {
                robot.measures(i, 0, 50);
            }
            await().atMost(SOON)
                    .until(() -> server.viewer().get("/api/v1/robots/RB-001").status() == 200);
            server.operator().post("/api/v1/robots/RB-001/commands", "{\"commandType\":\"goto\"}");
            awaitMetric("fleet_telemetry_received_total 25.0");
            awaitMetric("fleet_robots{presence=\"online\"} 1.0");
            awaitMetric("fleet_commands_total{state=\"completed\"} 1.0");
            awaitMetric("fleet_live_clients 1.0");
            assertThat(metrics()).contains("fleet_telemetry_dropped_total 0.0", "jvm_memory_used_bytes");
        }
    }

    @Test
    void requestsAreCountedByTemplateSoThatIdsMakeNoSeries() {
        for (int i = 0; i < 5; i++) {
            server.viewer().get("/api/v1/robots/RB-40" + i);
            server.viewer().get("/nowhere/" + UUID.randomUUID());
            server.viewer().send("BREW", "/api/v1/robots");
        }
        awaitMetric(
                "http_server_requests_seconds_count{method=\"GET\",route=\"/api/v1/robots/{robotId}\",status=\"404\"} 5");
        awaitMetric("http_server_requests_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 5");
        assertThat(metrics()).doesNotContain("RB-40", "BREW");
    }

    private static void awaitMetric(String line) {
        await().alias(line).atMost(SOON).until(() -> metrics().contains(line));
    }

    private static String metrics() {
        Caller.Answer answer = server.viewer().get("/metrics");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        return answer.body();
    }
}
