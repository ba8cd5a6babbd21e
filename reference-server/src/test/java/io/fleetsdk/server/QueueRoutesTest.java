package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.server.Caller.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class QueueRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String QUEUES = "/api/v1/jobs/queues";
    private static final JobType<Object, Object> ECHO = JobType.untyped("echo");

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void theQueuesOfTheSeedAreThereAndAFurtherOneIsDefined() {
        assertThat(names()).contains("training", "inference");
        String logs = "{\"name\":\"logs\",\"heartbeatTimeout\":\"PT5S\",\"storage\":\"MEMORY\"}";
        Answer defined = define(logs);
        assertThat(defined.status()).isEqualTo(201);
        assertThat(defined.json().at("/name").stringValue()).isEqualTo("logs");
        assertThat(defined.json().at("/limits").toString()).isEqualTo("{}");
        assertThat(define(logs).status()).isEqualTo(201);
        assertThat(define("{\"name\":\"logs\"}").status()).isEqualTo(409);
        assertThat(names()).contains("logs");
    }

    @Test
    void theFiguresAreThoseOfTheQueue() {
        define("{\"name\":\"figures\"}");
        submit("figures", "{\"priority\":\"CRITICAL\"}");
        submit("figures", "{}");
        submit("figures", "{}");
        submit("figures", "{\"delay\":\"PT1H\"}");
        await().atMost(SOON).until(() -> queue("figures").at("/submitted").intValue() == 4);
        JsonNode queue = queue("figures");
        assertThat(queue.at("/waiting").toString()).isEqualTo("{\"critical\":1,\"high\":0,\"normal\":2,\"low\":0}");
        assertThat(queue.at("/delayed").intValue()).isEqualTo(1);
        assertThat(queue.at("/oldestWaitingSeconds").doubleValue()).isPositive();
        try (JobWorker worker = echoing("figures")) {
            await().atMost(SOON).until(() -> queue("figures").at("/completed").intValue() == 3);
            await().atMost(SOON).until(() -> queue("figures").at("/workers").intValue() == 1);
            assertThat(queue("figures").has("oldestWaitingSeconds")).isFalse();
        }
    }

    @Test
    void ratesComeWithTheSecondLook() {
        define("{\"name\":\"rates\"}");
        assertThat(queue("rates").at("/addRate").doubleValue()).isZero();
        try (JobWorker worker = echoing("rates")) {
            for (int i = 0; i < 20; i++) {
                submit("rates", "{}");
            }
            await().atMost(SOON).until(() -> queue("rates").at("/addRate").doubleValue() > 0);
            await().atMost(SOON).until(() -> queue("rates").at("/finishRate").doubleValue() > 0);
        }
    }

    @Test
    void aPausedQueueStartsNothingUntilItIsResumed() {
        define("{\"name\":\"paused\"}");
        try (JobWorker worker = echoing("paused")) {
            Answer paused = server.operator().send("POST", QUEUES + "/paused/pause");
            assertThat(paused.json().at("/paused").booleanValue()).isTrue();
            String path = submit("paused", "{}");
            assertThat(queue("paused").at("/paused").booleanValue()).isTrue();
            assertThat(state(path)).isEqualTo("WAITING");
            Answer resumed = server.operator().send("POST", QUEUES + "/paused/resume");
            assertThat(resumed.status()).isEqualTo(200);
            await().atMost(SOON).until(() -> state(path).equals("SUCCEEDED"));
            await().atMost(SOON).until(() -> !queue("paused").at("/paused").booleanValue());
        }
    }

    @Test
    void limitsAreReplacedAsAWhole() {
        define("{\"name\":\"limited\"}");
        String path = QUEUES + "/limited/limits";
        JsonNode both = server.admin()
                .put(path, "{\"concurrency\":3,\"rate\":{\"jobs\":10,\"period\":\"PT1S\"}}")
                .json();
        assertThat(both.at("/limits").toString())
                .isEqualTo("{\"concurrency\":3,\"rate\":{\"jobs\":10,\"period\":\"PT1S\"}}");
        assertThat(queue("limited").at("/limits")).isEqualTo(both.at("/limits"));
        server.admin().put(path, "{\"concurrency\":5}");
        assertThat(queue("limited").at("/limits").toString()).isEqualTo("{\"concurrency\":5}");
        server.admin().put(path, "{}");
        assertThat(queue("limited").at("/limits").toString()).isEqualTo("{}");
    }

    @Test
    void aWorkerIsListedAndFollowsOrders() {
        define("{\"name\":\"ordered\"}");
        try (JobWorker worker = echoing("ordered")) {
            String path = QUEUES + "/ordered/workers";
            await().atMost(SOON).until(() -> server.viewer().get(path).json().size() == 1);
            JsonNode shown = server.viewer().get(path).json().get(0);
            assertThat(shown.at("/id").stringValue()).isEqualTo(worker.id());
            assertThat(shown.at("/state").stringValue()).isEqualTo("RUNNING");
            assertThat(shown.at("/types/0").stringValue()).isEqualTo("echo");
            String order = path + "/" + worker.id() + "/order";
            assertThat(server.operator().post(order, "{\"state\":\"QUIET\"}").status())
                    .isEqualTo(202);
            await().atMost(SOON).until(() -> worker.state() == WorkerState.QUIET);
            await().atMost(SOON)
                    .until(() -> server.viewer()
                            .get(path)
                            .json()
                            .at("/0/state")
                            .stringValue("")
                            .equals("QUIET"));
            assertRefused(server.operator().post(order, "{\"state\":\"STOPPED\"}"), "state");
            assertRefused(server.operator().post(order, "{}"), "state");
            assertThat(server.operator()
                            .post(path + "/nobody/order", "{\"state\":\"QUIET\"}")
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {}                                              | name
                    {"name":"a b"}                                  | name
                    {"name":"dead-letters"}                         | name
                    {"name":"bulk"}                                 | name
                    {"name":"fine","storage":"TAPE"}                | storage
                    {"name":"fine","durability":"file"}             | durability
                    {"name":"fine","heartbeatTimeout":30}           | heartbeatTimeout
                    {"name":"fine","heartbeatTimeout":"PT0.9S"}     | heartbeatTimeout
                    {"name":"fine","heartbeatTimeout":"PT2H"}       | heartbeatTimeout
                    {"name":"fine","replicas":3}                    | replicas
                    """)
    void aDefinitionThatBreaksARuleIsRefusedWithItsField(String body, String field) {
        assertRefused(define(body), field);
        assertThat(names()).doesNotContain("fine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {"concurrency":0}                               | concurrency
                    {"concurrency":1.5}                             | concurrency
                    {"concurrency":"3"}                             | concurrency
                    {"concurrency":10001}                           | concurrency
                    {"concurrency":4294967297}                      | concurrency
                    {"rate":7}                                      | rate
                    {"rate":{"jobs":1}}                             | rate.period
                    {"rate":{"period":"PT1S"}}                      | rate.jobs
                    {"rate":{"jobs":0,"period":"PT1S"}}             | rate.jobs
                    {"rate":{"jobs":1,"period":"PT0.05S"}}          | rate.period
                    {"rate":{"jobs":1,"period":"P2D"}}              | rate.period
                    {"rate":{"jobs":1,"period":"PT1S","burst":2}}   | rate.burst
                    """)
    void limitsThatBreakARuleAreRefusedWithTheirField(String body, String field) {
        assertRefused(server.admin().put(QUEUES + "/training/limits", body), field);
        assertThat(queue("training").at("/limits").toString()).isEqualTo("{}");
    }

    @Test
    void aQueueNobodyDefinedIsNotFound() {
        assertThat(server.viewer().get(QUEUES + "/nowhere").status()).isEqualTo(404);
        assertThat(server.viewer().get(QUEUES + "/nowhere/workers").status()).isEqualTo(404);
        assertThat(server.operator().send("POST", QUEUES + "/nowhere/pause").status())
                .isEqualTo(404);
        assertThat(server.admin().put(QUEUES + "/nowhere/limits", "{}").status())
                .isEqualTo(404);
        assertThat(server.viewer().get(QUEUES + "/a.b").status()).isEqualTo(400);
    }

    private static JobWorker echoing(String queue) {
        return JobWorker.builder(server.fleet().jobs().queue(queue))
                .handle(ECHO, (input, context) -> input)
                .start();
    }

    private static Answer define(String body) {
        return server.admin().post(QUEUES, body);
    }

    private static String submit(String queue, String options) {
        Answer answer = server.operator()
                .post("/api/v1/jobs", "{\"queue\":\"" + queue + "\",\"type\":\"echo\",\"options\":" + options + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location");
    }

    private static JsonNode queue(String name) {
        return server.viewer().get(QUEUES + "/" + name).json();
    }

    private static String state(String path) {
        return server.viewer().get(path).json().at("/state").stringValue("");
    }

    private static List<String> names() {
        return server.viewer()
                .get(QUEUES)
                .json()
                .valueStream()
                .map(queue -> queue.at("/name").stringValue())
                .toList();
    }

    private static void assertRefused(Answer refused, String field) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/field").stringValue()).isEqualTo(field);
        assertThat(refused.json().at("/faults/0/rule").stringValue()).isNotBlank();
    }
}
