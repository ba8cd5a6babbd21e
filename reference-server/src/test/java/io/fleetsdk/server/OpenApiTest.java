package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.server.ApiRoutes.Route;
import io.fleetsdk.server.Caller.Answer;
import io.fleetsdk.settings.ReportedSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    private static JsonNode document;
    private static SchemaRegistry schemas;
    private static PlayedRobot robot;

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

    @AfterAll
    static void stop() {
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
            boolean text = route.path().equals("/metrics") || route.path().equals("/api/v1/events");
            if (route.method().name().equals("GET") && !text) {
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
        }
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
        return route.path().replace("{robotId}", "RB-001").replace("{commandId}", COMMAND.toString());
    }
}
