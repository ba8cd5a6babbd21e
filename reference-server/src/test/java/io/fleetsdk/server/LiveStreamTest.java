package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.settings.ReportedSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class LiveStreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobType<Object, Object> ECHO = JobType.untyped("echo");

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void theFirstEventIsTheWholeFleet() {
        try (PlayedRobot robot = known("RB-001");
                EventReader events = server.viewer().events()) {
            JsonNode snapshot = events.await("snapshot");
            assertThat(events.events().get(0).name()).isEqualTo("snapshot");
            assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(events.header("Cache-Control")).isEqualTo("no-store");
            assertThat(snapshot.at("/robots"))
                    .extracting(one -> one.at("/robotId").stringValue())
                    .contains("RB-001");
            assertThat(snapshot.at("/fleetStop/stopped").booleanValue()).isFalse();
        }
    }

    @Test
    void everyKindOfChangeIsToldToEveryClient() {
        try (EventReader first = server.viewer().events();
                EventReader second = server.operator().events()) {
            first.await("snapshot");
            second.await("snapshot");
            try (PlayedRobot robot = server.robot("RB-002")) {
                known("RB-002").close();
                robot.beats(Presence.HIBERNATING);
                server.operator().put("/api/v1/robots/RB-002", "{\"displayName\":\"Two\"}");
                server.operator().put("/api/v1/robots/RB-002/settings/desired", "{\"payload\":{\"speed\":1}}");
                robot.reports(new ReportedSettings(1, JsonObject.of("speed", 1), Map.of()));
                robot.obeys();
                server.operator().post("/api/v1/robots/RB-002/commands", "{\"commandType\":\"goto\"}");
                server.operator().post("/api/v1/robots/RB-002/emergency-stop", "{\"reason\":\"smoke\"}");
                for (EventReader events : List.of(first, second)) {
                    events.await("robot.identity.updated", of("RB-002"));
                    events.await("robot.capability.updated", of("RB-002"));
                    events.await("robot.status.updated", of("RB-002"));
                    events.await(
                            "robot.presence.updated",
                            data -> data.at("/presence").stringValue().equals("HIBERNATING"));
                    events.await(
                            "robot.meta.updated",
                            data -> data.at("/displayName").stringValue("").equals("Two"));
                    events.await(
                            "robot.settings.updated",
                            data -> data.at("/delta/state").stringValue().equals("IN_SYNC"));
                    events.await(
                            "robot.command.ack",
                            data -> data.at("/state").stringValue().equals("COMPLETED"));
                    JsonNode stop = events.await("estop.updated", of("RB-002"));
                    assertThat(stop.at("/reason").stringValue()).isEqualTo("smoke");
                }
            }
        }
    }

    @Test
    void telemetryComesInBatchesWithTheNewestSampleOfEachRobot() {
        try (PlayedRobot one = known("RB-003");
                PlayedRobot other = known("RB-004");
                EventReader events = server.viewer().events()) {
            events.await("snapshot");
            IntStream.rangeClosed(1, 500).forEach(x -> one.measures(x, 0, 50));
            other.measures(7, 8, 60);
            JsonNode last = events.await(
                    "robot.telemetry.updated", batch -> holds(batch, "RB-003", 500) && sizeOf(batch, "RB-003") == 1);
            assertThat(last.at("/samples/0/yaw").doubleValue()).isEqualTo(0.5);
            assertThat(last.at("/samples/0/values/load").doubleValue()).isEqualTo(0.25);
            events.await("robot.telemetry.updated", batch -> holds(batch, "RB-004", 7));
            assertThat(events.events())
                    .filteredOn(event -> event.name().equals("robot.telemetry.updated"))
                    .allSatisfy(
                            event -> assertThat(sizeOf(event.data(), "RB-003")).isLessThanOrEqualTo(1))
                    .hasSizeLessThan(250);
        }
    }

    @Test
    void theStepsOfJobsAndTheFiguresOfTheirQueueAreTold() {
        JobQueue queue = server.fleet().jobs().define(JobQueueSpec.of("told"));
        try (EventReader events = server.viewer().events()) {
            events.await("snapshot");
            queue.submit(ECHO, "x", JobOptions.builder().id("seen").build());
            JsonNode waiting = events.await("job.updated", job -> isJob(job, "seen", "WAITING"));
            assertThat(waiting.has("input")).isFalse();
            events.await(
                    "queue.updated",
                    figures -> figures.at("/name").stringValue().equals("told")
                            && figures.at("/waiting/normal").intValue() == 1);
            try (JobWorker worker = echoing(queue)) {
                JsonNode done = events.await("job.updated", job -> isJob(job, "seen", "SUCCEEDED"));
                assertThat(done.at("/result").stringValue()).isEqualTo("x");
                assertThat(done.at("/progress/fraction").doubleValue()).isEqualTo(0.5);
                events.await(
                        "queue.updated",
                        figures -> figures.at("/name").stringValue().equals("told")
                                && figures.at("/completed").intValue() == 1);
            }
        }
    }

    @Test
    void aStormOfJobsDisconnectsNobodyAndItsLastStepsAreTold() {
        JobQueue queue = server.fleet().jobs().define(JobQueueSpec.of("storm"));
        try (EventReader events = server.viewer().events();
                JobWorker worker = echoing(queue)) {
            events.await("snapshot");
            queue.submitAll(
                    ECHO,
                    IntStream.range(0, 3_000)
                            .mapToObj(i -> JobRequest.<Object>of("x" + i))
                            .toList());
            queue.submit(ECHO, "last", JobOptions.builder().id("last").build());
            events.await("job.updated", job -> isJob(job, "last", "SUCCEEDED"));
            assertThat(events.hasEnded()).isFalse();
        }
    }

    @Test
    void aPauseIsToldThoughNoJobTakesAStep() {
        JobQueue queue = server.fleet().jobs().define(JobQueueSpec.of("quiet"));
        try (EventReader events = server.viewer().events()) {
            events.await(
                    "queue.updated",
                    figures -> figures.at("/name").stringValue().equals("quiet"));
            queue.pause();
            events.await(
                    "queue.updated",
                    figures -> figures.at("/name").stringValue().equals("quiet")
                            && figures.at("/paused").booleanValue());
            queue.resume();
        }
    }

    @Test
    void aClientThatReturnsGetsASnapshotWithWhatItMissed() {
        try (PlayedRobot robot = known("RB-005")) {
            try (EventReader events = server.viewer().events()) {
                events.await("snapshot");
            }
            server.operator().put("/api/v1/robots/RB-005", "{\"notes\":\"while away\"}");
            try (EventReader again = server.viewer().events()) {
                JsonNode snapshot = again.await("snapshot");
                assertThat(snapshot.at("/robots"))
                        .anySatisfy(shown ->
                                assertThat(shown.at("/notes").stringValue("")).isEqualTo("while away"));
            }
        }
    }

    @Test
    void aQuietStreamIsKeptAlive() {
        try (EventReader events = server.viewer().events()) {
            await().atMost(SOON).until(() -> !events.comments().isEmpty());
            assertThat(events.comments().get(0)).isEqualTo(": keep-alive");
        }
    }

    @Test
    void clientsAreSentAwayWhenTheServerStops() {
        FleetServer other = server.start();
        try (EventReader events = new Caller(other.port(), ServerUnderTest.VIEWER).events()) {
            events.await("snapshot");
            other.close();
            await().atMost(SOON).until(events::hasEnded);
        }
    }

    @Test
    void aClientThatWentIsForgotten() {
        FleetServer other = server.start();
        Caller caller = new Caller(other.port(), ServerUnderTest.VIEWER);
        try (other) {
            try (EventReader events = caller.events()) {
                events.await("snapshot");
                assertThat(caller.get("/metrics").body()).contains("fleet_live_clients 1.0");
            }
            await().atMost(SOON).until(() -> caller.get("/metrics").body().contains("fleet_live_clients 0.0"));
        }
    }

    private static JobWorker echoing(JobQueue queue) {
        return JobWorker.builder(queue)
                .handle(ECHO, (input, context) -> {
                    context.progress(0.5, "half");
                    return input;
                })
                .concurrency(8)
                .start();
    }

    private static boolean isJob(JsonNode job, String id, String state) {
        return job.at("/id").stringValue().equals(id)
                && job.at("/state").stringValue().equals(state);
    }

    private static PlayedRobot known(String id) {
        PlayedRobot robot = server.robot(id);
        await().atMost(SOON)
                .until(() -> server.viewer().get("/api/v1/robots/" + id).json().has("status"));
        return robot;
    }

    private static java.util.function.Predicate<JsonNode> of(String robotId) {
        return data -> data.at("/robotId").stringValue("").equals(robotId);
    }

    private static boolean holds(JsonNode batch, String robotId, double x) {
        return batch.at("/samples")
                .valueStream()
                .anyMatch(sample -> of(robotId).test(sample) && sample.at("/x").doubleValue() == x);
    }

    private static long sizeOf(JsonNode batch, String robotId) {
        return batch.at("/samples").valueStream().filter(of(robotId)).count();
    }
}
