package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import io.fleetsdk.server.ApiRoutes.Route;
import io.fleetsdk.server.Caller.Answer;
import io.fleetsdk.settings.ReportedSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The description is the server's, no more and no less: its routes, its roles and the shape of real answers. */
class OpenApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HERE = "https://fleetsdk.io/openapi.json";
    private static final String ROBOT = "/api/v1/robots/RB-001";
    private static final UUID COMMAND = UUID.randomUUID();
    private static final String JOBS = "/api/v1/jobs";
    private static final String MODEL = "/api/v1/models/described";
    private static final JobType<JsonObject, Object> WORK = JobType.of("work", JsonObject.class, Object.class);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    private static final Set<String> NO_JSON =
            Set.of("/metrics", "/api/v1/events", "/api/v1/models/{model}/versions/{version}/file");

    /** They need a store for objects, and have tests of their own. */
    private static final List<String> STORED = List.of("/api/v1/training/{runId}", "/api/v1/datasets");

    private static JsonNode document;
    private static SchemaRegistry schemas;
    private static PlayedRobot robot;
    private static JobWorker worker;

    /** A robot that has said everything it can, so that no optional member goes unchecked. */
    @BeforeAll
    static void readAndFill() {
        Answer answer = server.nobody().get("/openapi.json");
        document = answer.json();
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HERE, answer.body())));
        robot = server.robot("RB-001");
        robot.measures(1, 2, 80);
        robot.says("robots.telemetry.RB-001", "{".getBytes(StandardCharsets.UTF_8));
        Caller operator = server.operator();
        operator.put(ROBOT, "{\"displayName\":\"One\",\"tags\":[\"a\"],\"notes\":\"n\"}");
        operator.put(ROBOT + "/settings/desired", "{\"payload\":{\"speed\":2,\"x\":{\"y\":1}}}");
        operator.post(ROBOT + "/emergency-stop", "{\"reason\":\"smoke\"}");
        operator.post(ROBOT + "/commands", "{\"commandType\":\"goto\",\"commandId\":\"" + COMMAND + "\"}");
        robot.reports(new ReportedSettings(1, JsonObject.of("speed", 1), Map.of("/speed", "too fast")));
        robot.answers(COMMAND, CommandAck.progress(10).withMessage("going").withResult(JsonObject.of("m", 1)));
        await().atMost(SOON).until(() -> {
            JsonNode shown = server.viewer().get(ROBOT).json();
            return shown.has("identity")
                    && shown.has("capability")
                    && shown.has("status")
                    && shown.has("emergencyStop")
                    && shown.has("reportedSettings")
                    && server.viewer()
                            .get(ROBOT + "/commands/" + COMMAND)
                            .json()
                            .has("progress");
        });
    }

    /** Job "given-up" has failed and job "done" has not, each part of a flow; schedule "often" has run. */
    @BeforeAll
    static void doJobs() {
        JobQueue queue = server.fleet().jobs().define(JobQueueSpec.of("described"));
        worker = JobWorker.builder(queue).handle(WORK, OpenApiTest::work).start();
        server.admin()
                .put(
                        JOBS + "/queues/described/limits",
                        "{\"concurrency\":9,\"rate\":{\"jobs\":9,\"period\":\"PT0.1S\"}}");
        Caller operator = server.operator();
        operator.put(
                JOBS + "/schedules/described/often",
                "{\"cron\":\"@every 1s\",\"type\":\"work\",\"options\":{\"tenant\":\"acme\"}}");
        operator.post(JOBS + "/flows", """
                {"queue":"described","flow":{"type":"work","options":{"id":"whole"},"children":[
                  {"queue":"described","flow":{"type":"work","options":{"id":"done","tenant":"acme","metadata":{"a":"b"},
                    "deadline":"2099-01-31T12:00:00Z"}}},
                  {"queue":"described","onFailure":"IGNORE","flow":{"type":"work","input":{"fail":true},
                    "options":{"id":"given-up"}}}]}}
                """);
        await().atMost(SOON)
                .until(() -> server.viewer()
                                .get(JOBS + "/described/whole")
                                .json()
                                .at("/state")
                                .stringValue("")
                                .equals("SUCCEEDED")
                        && server.viewer()
                                        .get(JOBS + "/dead-letters/described/given-up")
                                        .status()
                                == 200
                        && server.viewer()
                                .get(JOBS + "/schedules/described/often")
                                .json()
                                .has("lastRun")
                        && server.viewer()
                                        .get(JOBS + "?queue=described&state=FAILED")
                                        .json()
                                        .size()
                                == 1
                        && server.viewer()
                                        .get(JOBS + "/queues/described/workers")
                                        .json()
                                        .size()
                                == 1);
    }

    /** Version 1 has everything but an end, version 2 has an end, version 3 is retired. */
    @BeforeAll
    static void publishModels() {
        PublishedModels models = PublishedModels.of(server.fleet());
        TensorInfo tensor = new TensorInfo("x", "float32", Optional.of(List.of(TensorDimension.any())));
        models.signed(
                "described",
                1,
                ModelFacts.builder()
                        .inputs(List.of(tensor))
                        .outputs(List.of(tensor))
                        .embodiments("g1")
                        .metrics(Map.of("loss", 0.5))
                        .trainingJob(new JobRef("described", JobId.of("done")))
                        .dataset("tape@1")
                        .description("walks")
                        .publishedBy("ci")
                        .build());
        models.unsigned("described", 2);
        models.signed("described", 3, ModelFacts.builder().build());
        server.admin().post(MODEL + "/versions/3/retire", "{\"reason\":\"old\"}");
        server.operator().put(MODEL + "/aliases/champion", "{\"version\":1,\"reason\":\"first\"}");
    }

    private static Object work(JsonObject input, JobContext context) {
        context.progress(0.5, "half", JsonObject.of("at", 1));
        if (input.get("fail").isPresent()) {
            throw new NonRetryableException("as asked");
        }
        return Map.of("lines", 7);
    }

    @AfterAll
    static void stop() {
        worker.close();
        robot.close();
    }

    @Test
    void everyRouteIsDescribedWithItsRoleAndNothingElseIs() {
        Set<String> described = new TreeSet<>();
        document.at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " "
                                        + operation.getValue().at("/x-role").stringValue())));
        Set<String> served = server.server().routes().routes().stream()
                .map(OpenApiTest::words)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void theDocumentIsWhole() {
        Set<String> ids = new HashSet<>();
        operations().forEach(operation -> {
            assertThat(ids.add(operation.at("/operationId").stringValue())).isTrue();
            assertThat(operation.at("/summary").stringValue()).isNotBlank();
            assertThat(operation.at("/responses")).isNotEmpty();
            boolean open = operation.at("/x-role").stringValue().equals("anyone");
            assertThat(operation.has("security")).isEqualTo(open);
            assertThat(operation.at("/responses").has("401")).isNotEqualTo(open);
        });
        document.findValuesAsString("$ref")
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
        document.at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .forEach(operation -> assertThat(namesInPath(operation))
                                .as(path.getKey())
                                .isEqualTo(placeholders(path.getKey()))));
    }

    @Test
    void whatIsReadIsAsDescribed() {
        for (Route route : server.server().routes().routes()) {
            if (route.method().name().equals("GET")
                    && !NO_JSON.contains(route.path())
                    && STORED.stream().noneMatch(route.path()::startsWith)) {
                matches(server.viewer().get(path(route)), "get", route.path(), 200);
            }
        }
    }

    @Test
    void whatIsAnsweredToAChangeIsAsDescribed() {
        Caller operator = server.operator();
        String robots = "/api/v1/robots/{robotId}";
        matches(operator.put("/api/v1/robots/RB-002", "{}"), "put", robots, 200);
        matches(
                operator.post("/api/v1/robots/RB-002/commands", "{\"commandType\":\"goto\"}"),
                "post",
                robots + "/commands",
                202);
        String many = "/api/v1/commands";
        matches(operator.post(many, "{\"target\":{\"all\":true},\"commandType\":\"goto\"}"), "post", many, 202);
        matches(operator.post(many, "{\"target\":{\"tag\":\"a\"},\"commandType\":\"goto\"}"), "post", many, 202);
        String desired = "/settings/desired";
        matches(operator.put("/api/v1/robots/RB-002" + desired, "{\"payload\":{}}"), "put", robots + desired, 200);
        matches(operator.patch("/api/v1/robots/RB-002" + desired, "{}"), "patch", robots + desired, 200);
        String stop = "/emergency-stop";
        matches(operator.post("/api/v1/robots/RB-002" + stop, "{\"reason\":\"r\"}"), "post", robots + stop, 200);
        matches(operator.delete("/api/v1/robots/RB-002" + stop), "delete", robots + stop, 200);
        matches(operator.post("/api/v1" + stop, "{}"), "post", "/api/v1" + stop, 200);
        matches(operator.delete("/api/v1" + stop), "delete", "/api/v1" + stop, 200);
        String one = robots + "/commands/{commandId}";
        matches(operator.delete(ROBOT + "/commands/" + COMMAND), "delete", one, 202);
    }

    @Test
    void aJobIsAsDescribedWhereverItStands() {
        Caller operator = server.operator();
        String job = JOBS + "/{queue}/{jobId}";
        String delayed = "{\"queue\":\"described\",\"type\":\"work\",\"options\":{\"delay\":\"PT1H\"}}";
        Answer submitted = operator.post(JOBS, delayed);
        matches(submitted, "post", JOBS, 201);
        matches(server.viewer().get(submitted.header("Location")), "get", job, 200);
        matches(operator.send("POST", submitted.header("Location") + "/cancel"), "post", job + "/cancel", 200);
        matches(operator.send("POST", submitted.header("Location") + "/cancel"), "post", job + "/cancel", 409);
        matches(server.viewer().get(JOBS + "/described/done"), "get", job, 200);
        matches(server.viewer().get(JOBS + "/described/whole/tree"), "get", job + "/tree", 200);
        matches(server.viewer().get(JOBS + "/described/none"), "get", job, 404);
        String bulk = "{\"queue\":\"described\",\"type\":\"work\",\"jobs\":[{},{\"options\":{\"id\":\"done\"}}]}";
        matches(operator.post(JOBS + "/bulk", bulk), "post", JOBS + "/bulk", 200);
        String flow = "{\"queue\":\"described\",\"flow\":{\"type\":\"work\",\"children\":"
                + "[{\"queue\":\"described\",\"flow\":{\"type\":\"work\"}}]}}";
        matches(operator.post(JOBS + "/flows", flow), "post", JOBS + "/flows", 201);
    }

    @Test
    void whatIsAnsweredToAChangeOfAQueueIsAsDescribed() {
        Caller operator = server.operator();
        String queues = JOBS + "/queues";
        String queue = queues + "/{queue}";
        matches(server.admin().post(queues, "{\"name\":\"changed\"}"), "post", queues, 201);
        matches(server.admin().put(queues + "/changed/limits", "{}"), "put", queue + "/limits", 200);
        matches(operator.send("POST", queues + "/changed/pause"), "post", queue + "/pause", 200);
        matches(operator.send("POST", queues + "/changed/resume"), "post", queue + "/resume", 200);
        matches(
                operator.post(queues + "/described/workers/" + worker.id() + "/order", "{\"state\":\"RUNNING\"}"),
                "post",
                queue + "/workers/{workerId}/order",
                202);
        String schedule = JOBS + "/schedules/{queue}/{name}";
        String own = JOBS + "/schedules/described/changed";
        String definition = "{\"cron\":\"@daily\",\"type\":\"work\",\"input\":[1]}";
        matches(operator.put(own, definition), "put", schedule, 200);
        matches(operator.send("POST", own + "/pause"), "post", schedule + "/pause", 200);
        matches(operator.send("POST", own + "/resume"), "post", schedule + "/resume", 200);
        matches(operator.send("POST", own + "/trigger"), "post", schedule + "/trigger", 201);
        matches(operator.delete(own), "delete", schedule, 204);
    }

    @Test
    void whatIsAnsweredToAChangeOfTheDeadLettersIsAsDescribed() {
        Caller operator = server.operator();
        String dead = JOBS + "/dead-letters";
        List<String> ids = List.of("dead-1", "dead-2", "dead-3", "dead-4");
        ids.forEach(id -> operator.post(
                JOBS,
                "{\"queue\":\"described\",\"type\":\"work\",\"input\":{\"fail\":true},\"options\":{\"id\":\"" + id
                        + "\"}}"));
        ids.forEach(OpenApiTest::awaitDead);
        String letter = dead + "/{queue}/{jobId}";
        matches(server.admin().delete(dead + "/described/dead-1"), "delete", letter, 204);
        matches(operator.send("POST", dead + "/described/dead-2/retry"), "post", letter + "/retry", 200);
        matches(operator.send("POST", JOBS + "/described/dead-3/retry"), "post", JOBS + "/{queue}/{jobId}/retry", 200);
        server.admin().post(JOBS + "/queues", "{\"name\":\"changed\"}");
        matches(operator.send("POST", dead + "/changed/retry"), "post", dead + "/{queue}/retry", 200);
        matches(server.admin().delete(dead + "/changed"), "delete", dead + "/{queue}", 200);
    }

    @Test
    void whatIsAnsweredToAChangeOfAModelIsAsDescribed() {
        String version = "/api/v1/models/{model}/versions/{version}";
        String alias = "/api/v1/models/{model}/aliases/{alias}";
        ModelVersion waiting =
                server.fleet().models().find(new ModelRef("described", 2)).orElseThrow();
        ModelSignature signature = PublishedModels.of(server.fleet()).signer().sign(waiting.manifest());
        String signed = "{\"key\":\"" + signature.key() + "\",\"signature\":\"" + signature.signature() + "\"}";
        Caller operator = server.operator();
        matches(operator.post(MODEL + "/versions/2/signatures", signed), "post", version + "/signatures", 200);
        matches(operator.post(MODEL + "/versions/1/signatures", signed), "post", version + "/signatures", 422);
        String reason = "{\"reason\":\"r\"}";
        matches(server.admin().post(MODEL + "/versions/1/retire", reason), "post", version + "/retire", 409);
        matches(server.admin().post(MODEL + "/versions/3/retire", reason), "post", version + "/retire", 200);
        String canary = MODEL + "/aliases/canary";
        matches(operator.put(canary, "{\"version\":2,\"reason\":\"r\"}"), "put", alias, 200);
        matches(operator.put(canary, "{\"version\":1,\"reason\":\"r\"}", "If-Match", "\"9\""), "put", alias, 412);
        matches(operator.delete(canary + "?reason=r"), "delete", alias, 200);
    }

    @Test
    void failuresAreAsDescribed() {
        Caller operator = server.operator();
        String robots = "/api/v1/robots/{robotId}";
        matches(server.nobody().get(ROBOT), "get", robots, 401);
        matches(server.viewer().put(ROBOT, "{}"), "put", robots, 403);
        matches(server.viewer().get("/api/v1/robots/RB-404"), "get", robots, 404);
        matches(operator.put(ROBOT, "{\"tags\":7}"), "put", robots, 400);
        matches(operator.put(ROBOT, "{}", "If-Match", "\"99\""), "put", robots, 412);
        matches(operator.put(ROBOT, "{\"notes\":\"" + "x".repeat(1 << 20) + "\"}"), "put", robots, 413);
        matches(operator.send("PUT", ROBOT, "text/plain", "{}"), "put", robots, 415);
    }

    @Test
    void theDataOfEveryLiveEventAreAsDescribed() {
        try (EventReader events = server.viewer().events()) {
            matches(events.await("snapshot"), "LiveSnapshot");
            robot.measures(3, 4, 70);
            matches(events.await("robot.telemetry.updated"), "LiveTelemetry");
            server.operator().patch(ROBOT + "/settings/desired", "{\"z\":{\"y\":[1]}}");
            matches(events.await("robot.settings.updated"), "LiveSettings");
            server.operator().post("/api/v1/emergency-stop", "{}");
            matches(events.await("estop.updated", data -> !data.has("robotId")), "LiveStop");
            server.operator().delete(ROBOT + "/emergency-stop");
            matches(events.await("estop.updated", data -> data.has("robotId")), "LiveStop");
            server.operator().post(ROBOT + "/commands", "{\"commandType\":\"goto\"}");
            matches(events.await("robot.command.ack"), "Command");
            robot.beats();
            matches(events.await("robot.status.updated"), "Robot");
            matches(events.await("job.updated"), "Job");
            matches(events.await("queue.updated"), "Queue");
        }
    }

    private static void awaitDead(String id) {
        await().alias(id)
                .atMost(SOON)
                .until(() -> server.viewer()
                                .get(JOBS + "/dead-letters/described/" + id)
                                .status()
                        == 200);
    }

    private static void matches(Answer answer, String method, String path, int status) {
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(status);
        String pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method + "/responses/" + status;
        JsonNode response = document.at(pointer);
        if (response.has("$ref")) {
            pointer = response.at("/$ref").stringValue().substring(1);
        }
        if (status == 204) {
            assertThat(answer.body()).isEmpty();
            assertThat(document.at(pointer).has("description")).as(pointer).isTrue();
            return;
        }
        String type = answer.header("Content-Type");
        String schema = pointer + "/content/" + type.replace("/", "~1") + "/schema";
        assertThat(document.at(schema).isMissingNode()).as(schema).isFalse();
        validate(answer.json(), schema);
    }

    private static void matches(JsonNode data, String schema) {
        validate(data, "/components/schemas/" + schema);
    }

    private static void validate(JsonNode json, String pointer) {
        Schema schema = schemas.getSchema(SchemaLocation.of(HERE + "#" + pointer));
        assertThat(schema.validate(json)).as(json.toString()).isEmpty();
    }

    private static List<JsonNode> operations() {
        return document.at("/paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .toList();
    }

    private static Set<String> namesInPath(JsonNode operation) {
        return operation.at("/parameters").findValuesAsString("$ref").stream()
                .filter(ref -> ref.startsWith("#/components/parameters/"))
                .map(ref -> document.at(ref.substring(1)))
                .filter(parameter -> parameter.at("/in").stringValue().equals("path"))
                .map(parameter -> parameter.at("/name").stringValue())
                .collect(Collectors.toSet());
    }

    private static Set<String> placeholders(String path) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(path)
                .results()
                .map(placeholder -> placeholder.group(1))
                .collect(Collectors.toSet());
    }

    private static String words(Route route) {
        return route.method() + " " + route.path() + " " + route.role().name().toLowerCase(Locale.ROOT);
    }

    private static String path(Route route) {
        return route.path()
                .replace("{robotId}", "RB-001")
                .replace("{commandId}", COMMAND.toString())
                .replace("{queue}", "described")
                .replace("{jobId}", "given-up")
                .replace("{model}", "described")
                .replace("{version}", "1")
                .replace("{alias}", "champion")
                .replace("{name}", "often");
    }
}
