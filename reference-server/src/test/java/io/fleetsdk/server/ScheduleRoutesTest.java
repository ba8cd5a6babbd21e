package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.server.Caller.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ScheduleRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SCHEDULES = "/api/v1/jobs/schedules";
    private static final String QUEUE = SCHEDULES + "/recurring/";
    private static final JobType<Object, Object> ECHO = JobType.untyped("echo");

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @BeforeAll
    static void define() {
        server.fleet().jobs().define(JobQueueSpec.of("recurring"));
    }

    @Test
    void whatIsPutIsShownAndCanBePutAgain() {
        Answer put = server.operator().put(QUEUE + "nightly", """
                        {"cron":"0 30 3 * * *","zone":"Europe/Berlin","type":"echo","input":{"n":1},
                         "options":{"priority":"LOW","tenant":"acme","retry":{"maxAttempts":2},"timeouts":{"startToClose":"PT1H"}},
                         "overlap":"ALLOW","missed":"RUN_ALL","startWithin":"PT1H"}
                        """);
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        JsonNode shown = server.viewer().get(QUEUE + "nightly").json();
        assertThat(shown).isEqualTo(put.json());
        assertThat(shown.at("/queue").stringValue()).isEqualTo("recurring");
        assertThat(shown.at("/zone").stringValue()).isEqualTo("Europe/Berlin");
        assertThat(shown.at("/options/retry/maxAttempts").intValue()).isEqualTo(2);
        assertThat(shown.at("/options/timeouts/startToClose").stringValue()).isEqualTo("PT1H");
        assertThat(shown.at("/startWithin").stringValue()).isEqualTo("PT1H");
        assertThat(shown.at("/paused").booleanValue()).isFalse();

        ObjectNode again = (ObjectNode) shown.deepCopy();
        again.remove(List.of("queue", "name", "paused"));
        Answer same = server.operator().put(QUEUE + "nightly", again.toString());
        assertThat(same.json()).isEqualTo(shown);
    }

    @Test
    void ofTheRestTheDefaultsAreShown() {
        JsonNode put = server.operator()
                .put(QUEUE + "plain", "{\"cron\":\"@daily\",\"type\":\"echo\"}")
                .json();
        assertThat(put.at("/zone").stringValue()).isEqualTo("UTC");
        assertThat(put.at("/overlap").stringValue()).isEqualTo("SKIP");
        assertThat(put.at("/missed").stringValue()).isEqualTo("RUN_ONCE");
        assertThat(put.at("/startWithin").stringValue()).isEqualTo("PT1M");
        assertThat(put.at("/input").toString()).isEqualTo("{}");
    }

    @Test
    void aScheduleRunsUntilItIsPausedAndIsTriggeredWhateverThePause() {
        server.operator().put(QUEUE + "often", "{\"cron\":\"@every 1s\",\"type\":\"echo\",\"input\":1}");
        try (JobWorker worker = JobWorker.builder(server.fleet().jobs().queue("recurring"))
                .handle(ECHO, (input, context) -> input)
                .start()) {
            await().atMost(SOON)
                    .until(() -> server.viewer().get(QUEUE + "often").json().has("lastJob"));
            JsonNode last = server.viewer().get(QUEUE + "often").json().at("/lastJob");
            String path = "/api/v1/jobs/recurring/" + last.at("/id").stringValue();
            await().atMost(SOON)
                    .until(() -> server.viewer()
                            .get(path)
                            .json()
                            .at("/state")
                            .stringValue("")
                            .equals("SUCCEEDED"));

            Answer paused = server.operator().send("POST", QUEUE + "often/pause");
            assertThat(paused.json().at("/paused").booleanValue()).isTrue();
            Answer triggered = server.operator().send("POST", QUEUE + "often/trigger");
            assertThat(triggered.status()).as(triggered.body()).isEqualTo(201);
            await().atMost(SOON)
                    .until(() -> server.viewer()
                            .get(triggered.header("Location"))
                            .json()
                            .at("/state")
                            .stringValue("")
                            .equals("SUCCEEDED"));
            Answer resumed = server.operator().send("POST", QUEUE + "often/resume");
            assertThat(resumed.json().at("/paused").booleanValue()).isFalse();
            assertThat(server.operator().delete(QUEUE + "often").status()).isEqualTo(204);
            assertThat(server.viewer().get(QUEUE + "often").status()).isEqualTo(404);
        }
    }

    @Test
    void schedulesAreListedByQueue() {
        server.fleet().jobs().define(JobQueueSpec.of("other"));
        server.operator().put(SCHEDULES + "/other/b", "{\"cron\":\"@daily\",\"type\":\"echo\"}");
        server.operator().put(SCHEDULES + "/other/a", "{\"cron\":\"@daily\",\"type\":\"echo\"}");
        server.operator().put(QUEUE + "c", "{\"cron\":\"@daily\",\"type\":\"echo\"}");
        assertThat(server.viewer().get(SCHEDULES + "?queue=other").json())
                .extracting(schedule -> schedule.at("/name").stringValue())
                .containsExactly("a", "b");
        assertThat(server.viewer().get(SCHEDULES).json())
                .extracting(schedule -> schedule.at("/name").stringValue())
                .contains("a", "b", "c");
    }

    /** A path's last word is a schedule's name first. */
    @Test
    void aScheduleMayBeCalledWhatAJobsRouteIsCalled() {
        server.operator().put(QUEUE + "tree", "{\"cron\":\"@daily\",\"type\":\"echo\"}");
        assertThat(server.viewer().get(QUEUE + "tree").json().at("/name").stringValue())
                .isEqualTo("tree");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {"type":"echo"}                                               | cron
                    {"cron":"@daily"}                                             | type
                    {"cron":"","type":"echo"}                                     | cron
                    {"cron":"@daily","type":"a b"}                                | type
                    {"cron":"@daily","type":"echo","zone":"Mars/Olympus"}         | zone
                    {"cron":"@daily","type":"echo","overlap":"skip"}              | overlap
                    {"cron":"@daily","type":"echo","missed":1}                    | missed
                    {"cron":"@daily","type":"echo","startWithin":"PT0S"}          | startWithin
                    {"cron":"@daily","type":"echo","options":{"id":"x"}}          | options.id
                    {"cron":"@daily","type":"echo","options":{"delay":"PT1S"}}    | options.start
                    {"cron":"@daily","type":"echo","options":{"retry":{"jitter":2}}} | options.retry.jitter
                    {"cron":"@daily","type":"echo","paused":true}                 | paused
                    """)
    void aScheduleThatBreaksARuleIsRefusedWithItsField(String body, String field) {
        Answer refused = server.operator().put(QUEUE + "refused", body);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/field").stringValue()).isEqualTo(field);
        assertThat(server.viewer().get(QUEUE + "refused").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"* * * * *", "0 0 0 0 0 0 0", "every day", "@every 1ms", "61 * * * * *"})
    void timesThatTheBrokerDoesNotUnderstandAreRefused(String cron) {
        Answer refused = server.operator().put(QUEUE + "refused", "{\"cron\":\"" + cron + "\",\"type\":\"echo\"}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(server.viewer().get(QUEUE + "refused").status()).isEqualTo(404);
    }

    @Test
    void aScheduleThatIsNotThereIsNotFound() {
        for (String step : List.of("/pause", "/resume", "/trigger")) {
            assertThat(server.operator().send("POST", QUEUE + "nothing" + step).status())
                    .isEqualTo(404);
        }
        assertThat(server.operator().delete(QUEUE + "nothing").status()).isEqualTo(404);
        assertThat(server.operator()
                        .put(SCHEDULES + "/nowhere/a", "{\"cron\":\"@daily\",\"type\":\"echo\"}")
                        .status())
                .isEqualTo(404);
        assertThat(server.operator()
                        .put(QUEUE + "a".repeat(41), "{\"cron\":\"@daily\",\"type\":\"echo\"}")
                        .status())
                .isEqualTo(400);
    }
}
