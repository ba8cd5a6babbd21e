package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.server.Caller.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Jobs made of inputs that nobody here wrote. */
class HostileJobsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String JOBS = "/api/v1/jobs";

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    /** As the input of a job, so that what is valid reaches the broker and comes back, or is refused. */
    @Test
    void noTortureFileInAJobMakesItsListFail() throws IOException {
        server.admin().post(JOBS + "/queues", "{\"name\":\"tortured-jobs\"}");
        for (Path file : HostileInputs.tortureFiles()) {
            byte[] body = inJob(Files.readAllBytes(file));
            Answer answer = server.operator().send("POST", JOBS, body);
            assertThat(answer.status()).as(file + " " + answer.body()).isIn(201, 400);
            if (answer.status() == 201) {
                assertThat(server.viewer().get(answer.header("Location")).status())
                        .as(file.toString())
                        .isEqualTo(200);
            }
        }
        assertThat(server.viewer().get(JOBS + "?queue=tortured-jobs").status()).isEqualTo(200);
    }

    @Test
    void naughtyStringsInAJobAreKeptAsTheyAreOrRefusedByRule() throws IOException {
        server.admin().post(JOBS + "/queues", "{\"name\":\"naughty\"}");
        for (String naughty : HostileInputs.naughtyStrings()) {
            String text = MAPPER.writeValueAsString(naughty);
            Answer input =
                    server.operator().post(JOBS, "{\"queue\":\"naughty\",\"type\":\"t\",\"input\":" + text + "}");
            assertThat(input.status()).as(naughty).isEqualTo(201);
            assertThat(input.json().at("/input").stringValue()).isEqualTo(naughty);
            Answer label = server.operator()
                    .post(
                            JOBS,
                            "{\"queue\":\"naughty\",\"type\":\"t\",\"options\":{\"metadata\":{\"a\":" + text + "}}}");
            assertThat(label.status()).as(naughty).isIn(201, 400);
            if (label.status() == 201) {
                assertThat(label.json().at("/metadata/a").stringValue()).isEqualTo(naughty);
            }
        }
    }

    @Test
    void naughtyStringsAreNoNamesOfJobsQueuesWorkersAndSchedules() throws IOException {
        for (String naughty : HostileInputs.naughtyStrings()) {
            String encoded = URLEncoder.encode(naughty, StandardCharsets.UTF_8).replace("+", "%20");
            for (Answer answer : List.of(
                    server.viewer().get(JOBS + "/training/" + encoded),
                    server.viewer().get(JOBS + "?queue=" + encoded),
                    server.viewer().get(JOBS + "/dead-letters/training/" + encoded),
                    server.operator().send("POST", JOBS + "/training/" + encoded + "/cancel"),
                    server.operator()
                            .post(JOBS + "/queues/training/workers/" + encoded + "/order", "{\"state\":\"QUIET\"}"),
                    server.operator()
                            .put(JOBS + "/schedules/training/" + encoded, "{\"cron\":\"@yearly\",\"type\":\"t\"}"))) {
                assertThat(answer.status()).as(naughty + " " + answer.body()).isIn(200, 400, 404, 405);
            }
        }
    }

    private static byte[] inJob(byte[] input) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("{\"queue\":\"tortured-jobs\",\"type\":\"t\",\"input\":".getBytes(StandardCharsets.UTF_8));
        body.write(input);
        body.write('}');
        return body.toByteArray();
    }
}
