package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.server.Caller.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Inputs that nobody here wrote. */
class HostileInputTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String JOBS = "/api/v1/jobs";
    private static final String ROBOT = "/api/v1/robots/RB-001";

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void noTortureFileMakesTheServerFail() throws IOException {
        server.operator().put(ROBOT, "{}");
        server.admin().post(JOBS + "/queues", "{\"name\":\"torture\"}");
        List<Path> files = HostileInputs.tortureFiles();
        assertThat(files).hasSizeGreaterThan(200);
        for (Path file : files) {
            byte[] body = Files.readAllBytes(file);
            boolean broken = file.getFileName().toString().startsWith("n_");
            for (String path : List.of(ROBOT, ROBOT + "/commands", ROBOT + "/settings/desired", "/api/v1/commands")) {
                Answer answer = server.operator().send(path.endsWith("commands") ? "POST" : "PUT", path, body);
                assertThat(answer.status())
                        .as(file + " " + answer.body())
                        .isIn(broken ? List.of(400) : List.of(200, 400));
            }
            Answer patch = server.operator()
                    .send(
                            "PATCH",
                            ROBOT + "/settings/desired",
                            "application/merge-patch+json",
                            new String(body, StandardCharsets.UTF_8));
            assertThat(patch.status()).as(file + " " + patch.body()).isIn(200, 400);
            for (String path : List.of(JOBS, JOBS + "/bulk", JOBS + "/flows", JOBS + "/queues")) {
                assertThat(server.admin().send("POST", path, body).status())
                        .as(path + " " + file)
                        .isEqualTo(400);
            }
            for (String path : List.of(JOBS + "/queues/torture/limits", JOBS + "/schedules/torture/s")) {
                assertThat(server.admin().send("PUT", path, body).status())
                        .as(path + " " + file)
                        .isIn(broken ? List.of(400) : List.of(200, 400));
            }
        }
        assertThat(server.nobody().get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void naughtyStringsAreKeptAsAsTheyAreOrRefusedByRule() throws IOException {
        List<String> refused = new ArrayList<>();
        for (String naughty : HostileInputs.naughtyStrings()) {
            String text = MAPPER.writeValueAsString(naughty);
            Answer answer = server.operator()
                    .put(ROBOT, "{\"displayName\":" + text + ",\"tags\":[" + text + "],\"notes\":" + text + "}");
            if (answer.status() == 400) {
                refused.add(naughty);
            } else {
                JsonNode kept = server.viewer().get(ROBOT).json();
                assertThat(kept.at("/displayName").stringValue()).isEqualTo(naughty);
                assertThat(kept.at("/tags/0").stringValue()).isEqualTo(naughty);
                assertThat(kept.at("/notes").stringValue()).isEqualTo(naughty);
            }
        }
        assertThat(refused)
                .allMatch(text -> text.isEmpty()
                        || text.codePointCount(0, text.length()) > 256
                        || text.codePoints().anyMatch(c -> Character.isISOControl(c) || !Character.isDefined(c)));
    }

    @Test
    void naughtyStringsAsIdsTagsAndParametersAreRefusedOrUnknown() throws IOException {
        for (String naughty : HostileInputs.naughtyStrings()) {
            String encoded = URLEncoder.encode(naughty, StandardCharsets.UTF_8).replace("+", "%20");
            for (Answer answer : List.of(
                    server.operator().put("/api/v1/robots/" + encoded, "{}"),
                    server.viewer().get("/api/v1/robots/" + encoded),
                    server.viewer().get(ROBOT + "/telemetry?channel=" + encoded),
                    server.viewer().get(ROBOT + "/commands?limit=" + encoded),
                    server.viewer().get(ROBOT + "/commands/" + encoded))) {
                assertThat(answer.status()).as(naughty).isIn(200, 400, 404, 405);
                if (answer.status() != 200) {
                    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                }
            }
            String tag = MAPPER.writeValueAsString(Map.of("tag", naughty));
            assertThat(server.operator()
                            .post("/api/v1/commands", "{\"commandType\":\"goto\",\"target\":" + tag + "}")
                            .status())
                    .isIn(202, 400);
        }
    }
}
