package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
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
    void eachQueueHasItsFigures() {
        JobQueue queue = server.fleet().jobs().define(JobQueueSpec.of("measured"));
        submit("measured", "work", "{\"priority\":\"HIGH\"}");
        submit("measured", "work", "{\"delay\":\"PT1H\"}");
        awaitMetric("fleet_jobs_waiting{priority=\"high\",queue=\"measured\"} 1.0");
        awaitMetric("fleet_jobs_delayed{queue=\"measured\"} 1.0");
        awaitMetric("fleet_jobs_submitted_total{queue=\"measured\"} 2.0");
        assertThat(metrics())
                .contains(
                        "fleet_jobs_waiting{priority=\"low\",queue=\"measured\"} 0.0",
                        "fleet_jobs_active{queue=\"measured\"} 0.0",
                        "fleet_jobs_completed_total{queue=\"training\"} 0.0",
                        "fleet_jobs_add_rate{queue=\"measured\"}",
                        "fleet_jobs_finish_rate{queue=\"measured\"}")
                .containsPattern("fleet_jobs_oldest_waiting_seconds\\{queue=\"measured\"} [0-9.]*[1-9]");
        JobType<Object, Object> work = JobType.untyped("work");
        try (JobWorker worker =
                JobWorker.builder(queue).handle(work, (input, context) -> input).start()) {
            submit("measured", "unknown", "{}");
            awaitMetric("fleet_jobs_completed_total{queue=\"measured\"} 1.0");
            awaitMetric("fleet_jobs_failed_total{queue=\"measured\"} 1.0");
            awaitMetric("fleet_jobs_dead_letters{queue=\"measured\"} 1.0");
            awaitMetric("fleet_jobs_workers{queue=\"measured\"} 1.0");
            awaitMetric("fleet_jobs_oldest_waiting_seconds{queue=\"measured\"} 0.0");
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

    private static void submit(String queue, String type, String options) {
        assertThat(server.operator()
                        .post(
                                "/api/v1/jobs",
                                "{\"queue\":\"" + queue + "\",\"type\":\"" + type + "\",\"options\":" + options + "}")
                        .status())
                .isEqualTo(201);
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
