package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.server.Caller.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JobRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String JOBS = "/api/v1/jobs";
    private static final JobType<JsonObject, JsonObject> SQUARE =
            JobType.of("square", JsonObject.class, JsonObject.class);

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aJobIsShownThroughToItsResult() {
        defined("through");
        Answer submitted = submit("through", "{\"n\":7}", "{\"metadata\":{\"robot\":\"RB-001\"}}");
        assertThat(submitted.status()).isEqualTo(201);
        JsonNode waiting = submitted.json();
        assertThat(waiting.at("/state").stringValue()).isEqualTo("WAITING");
        assertThat(waiting.at("/attempt").intValue()).isZero();
        assertThat(waiting.at("/input/n").intValue()).isEqualTo(7);
        String path = submitted.header("Location");
        assertThat(path).isEqualTo(JOBS + "/through/" + waiting.at("/id").stringValue());
        try (JobWorker worker = squaring("through")) {
            JsonNode done = awaitState(path, "SUCCEEDED");
            assertThat(done.at("/result/square").intValue()).isEqualTo(49);
            assertThat(done.at("/attempt").intValue()).isEqualTo(1);
            assertThat(done.at("/attempts/0/worker").stringValue()).isEqualTo(worker.id());
            assertThat(Instant.parse(done.at("/endedAt").stringValue()))
                    .isAfterOrEqualTo(Instant.parse(done.at("/startedAt").stringValue()));
            assertThat(done.at("/startedAt").stringValue())
                    .isEqualTo(done.at("/attempts/0/startedAt").stringValue());
            assertThat(done.at("/progress/message").stringValue()).isEqualTo("half way");
            assertThat(done.at("/progress/detail/at").intValue()).isEqualTo(1);
            assertThat(done.at("/metadata/robot").stringValue()).isEqualTo("RB-001");
            assertThat(done.at("/input/n").intValue()).isEqualTo(7);
        }
    }

    @Test
    void everyOptionReachesTheJob() {
        defined("options");
        Instant deadline = Instant.parse("2099-01-31T12:00:00Z");
        JsonNode job = submit("options", "[1,null,\"x\"]", """
                        {"id":"own-1","priority":"CRITICAL","delay":"PT1H","deadline":"2099-01-31T12:00:00Z",
                         "retry":{"maxAttempts":2,"initialInterval":"PT0.5S","maxInterval":"PT1S","coefficient":1.5,
                                  "jitter":0,"nonRetryable":["java.io.IOException"]},
                         "timeouts":{"scheduleToStart":"PT2H","startToClose":"PT1M","heartbeat":"PT5S"},
                         "metadata":{"a":"b"},"tenant":"acme"}
                        """).json();
        assertThat(job.at("/id").stringValue()).isEqualTo("own-1");
        assertThat(job.at("/state").stringValue()).isEqualTo("DELAYED");
        assertThat(job.at("/priority").stringValue()).isEqualTo("CRITICAL");
        assertThat(job.at("/tenant").stringValue()).isEqualTo("acme");
        assertThat(Instant.parse(job.at("/deadline").stringValue())).isEqualTo(deadline);
        assertThat(Instant.parse(job.at("/runAt").stringValue()))
                .isAfter(Instant.now().plusSeconds(3_000));
        assertThat(job.at("/input").toString()).isEqualTo("[1,null,\"x\"]");
    }

    @Test
    void theSameIdIsTheSameJob() {
        defined("same");
        JsonNode first = submit("same", "{\"n\":1}", "{\"id\":\"one\"}").json();
        JsonNode again = submit("same", "{\"n\":2}", "{\"id\":\"one\"}").json();
        assertThat(again.at("/input/n").intValue()).isEqualTo(1);
        assertThat(again.at("/submittedAt")).isEqualTo(first.at("/submittedAt"));
    }

    @Test
    void jobsAreListedNewestFirstByStateTypeAndTenantAndWithoutInput() {
        defined("listed");
        submit("listed", "1", "{\"id\":\"a\"}");
        submit("listed", "2", "{\"id\":\"b\",\"tenant\":\"acme\"}");
        submit("listed", "3", "{\"id\":\"c\",\"delay\":\"PT1H\"}");
        server.operator().post(JOBS, "{\"queue\":\"listed\",\"type\":\"other\",\"options\":{\"id\":\"d\"}}");
        awaitIds("?queue=listed", "d", "c", "b", "a");
        awaitIds("?queue=listed&limit=2", "d", "c");
        awaitIds("?queue=listed&state=DELAYED", "c");
        awaitIds("?queue=listed&state=DELAYED&state=WAITING&type=square", "c", "b", "a");
        awaitIds("?queue=listed&type=other", "d");
        awaitIds("?queue=listed&tenant=acme", "b");
        awaitIds("?queue=listed&state=FAILED");
        assertThat(server.viewer().get(JOBS + "?queue=listed").json()).noneMatch(job -> job.has("input"));
        assertThat(ids("?limit=1000")).contains("a", "b", "c", "d");
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndAnEndedOneIsAConflict() {
        defined("cancelled");
        String path = submit("cancelled", "1", "{}").header("Location");
        Answer cancelled = server.operator().send("POST", path + "/cancel");
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().at("/state").stringValue()).isEqualTo("CANCELLED");
        assertThat(server.operator().send("POST", path + "/cancel").status()).isEqualTo(409);
        assertThat(server.operator()
                        .send("POST", JOBS + "/cancelled/none/cancel")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theHandlerOfARunningJobIsToldToStop() {
        defined("running");
        CountDownLatch told = new CountDownLatch(1);
        JobType<JsonObject, JsonObject> endless = JobType.of("square", JsonObject.class, JsonObject.class);
        try (JobWorker worker = JobWorker.builder(server.fleet().jobs().queue("running"))
                .handle(endless, (input, context) -> waitFor(told, context))
                .start()) {
            String path = submit("running", "{}", "{}").header("Location");
            awaitState(path, "RUNNING");
            assertThat(server.operator().send("POST", path + "/cancel").status())
                    .isEqualTo(200);
            awaitState(path, "CANCELLED");
            assertThat(told.getCount()).isZero();
        }
    }

    @Test
    void aBulkTellsOfEachJobInTheOrderOfTheRequest() {
        defined("bulk-work");
        submit("bulk-work", "0", "{\"id\":\"there\"}");
        Answer answer = server.operator().post(JOBS + "/bulk", """
                        {"queue":"bulk-work","type":"square","jobs":[
                          {"input":1,"options":{"id":"first"}}, {"input":2,"options":{"id":"there"}}, {}]}
                        """);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/results"))
                .extracting(result -> result.at("/status").stringValue())
                .containsExactly("accepted", "duplicate", "accepted");
        assertThat(answer.json().at("/results/0/job").toString())
                .isEqualTo("{\"queue\":\"bulk-work\",\"id\":\"first\"}");
        String empty = answer.json().at("/results/2/job/id").stringValue();
        assertThat(job("bulk-work", empty).at("/input").toString()).isEqualTo("{}");
        assertThat(job("bulk-work", "there").at("/input").intValue()).isZero();
    }

    @Test
    void aFlowIsShownAsATree() {
        defined("flow-work");
        defined("flow-parts");
        Answer parent = server.operator().post(JOBS + "/flows", """
                        {"queue":"flow-work","flow":{"type":"square","input":{"n":3},"options":{"id":"whole"},"children":[
                          {"queue":"flow-parts","onFailure":"IGNORE","flow":{"type":"square","input":{"n":1},"options":{"id":"part-1"}}},
                          {"queue":"flow-parts","flow":{"type":"square","input":{"n":2},"options":{"id":"part-2"},"children":[
                            {"queue":"flow-work","flow":{"type":"square","input":{"n":4},"options":{"id":"part-of-part"}}}]}}]}}
                        """);
        assertThat(parent.status()).as(parent.body()).isEqualTo(201);
        assertThat(parent.json().at("/state").stringValue()).isEqualTo("BLOCKED");
        assertThat(parent.json().at("/children"))
                .extracting(child -> child.at("/id").stringValue())
                .containsExactly("part-1", "part-2");
        try (JobWorker parts = squaring("flow-parts");
                JobWorker whole = squaring("flow-work")) {
            awaitState(JOBS + "/flow-work/whole", "SUCCEEDED");
        }
        JsonNode tree = server.viewer().get(JOBS + "/flow-work/whole/tree").json();
        assertThat(tree.at("/job/id").stringValue()).isEqualTo("whole");
        assertThat(tree.at("/children"))
                .extracting(child -> child.at("/job/state").stringValue())
                .containsExactly("SUCCEEDED", "SUCCEEDED");
        assertThat(tree.at("/children/1/children/0/job/id").stringValue()).isEqualTo("part-of-part");
        assertThat(tree.at("/children/1/children/0/job/parent").toString())
                .isEqualTo("{\"queue\":\"flow-parts\",\"id\":\"part-2\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {}                                                          | queue
                    {"queue":"refused"}                                         | type
                    {"queue":"a b","type":"t"}                                  | queue
                    {"queue":"refused","type":"a b"}                            | type
                    {"queue":"refused","type":7}                                | type
                    {"queue":"refused","type":"t","robot":"x"}                  | robot
                    {"queue":"refused","type":"t","options":[]}                 | options
                    {"queue":"refused","type":"t","options":{"x":1}}            | options.x
                    {"queue":"refused","type":"t","options":{"id":"a.b"}}       | options.id
                    {"queue":"refused","type":"t","options":{"priority":"URGENT"}} | options.priority
                    {"queue":"refused","type":"t","options":{"delay":30}}       | options.delay
                    {"queue":"refused","type":"t","options":{"delay":"30s"}}    | options.delay
                    {"queue":"refused","type":"t","options":{"delay":"PT-1S"}}  | options.delay
                    {"queue":"refused","type":"t","options":{"delay":"PT9223372036854775807S"}} | options.delay
                    {"queue":"refused","type":"t","options":{"delay":"PT99999999999999999999S"}} | options.delay
                    {"queue":"refused","type":"t","options":{"delay":"PT1S","runAt":"2026-01-31T12:00:00Z"}} | options.runAt
                    {"queue":"refused","type":"t","options":{"runAt":"tomorrow"}} | options.runAt
                    {"queue":"refused","type":"t","options":{"runAt":"+1000000000-12-31T23:59:59.999999999Z"}} | options.runAt
                    {"queue":"refused","type":"t","options":{"deadline":"-1000000000-01-01T00:00:00Z"}} | options.deadline
                    {"queue":"refused","type":"t","options":{"tenant":"*"}}     | options.tenant
                    {"queue":"refused","type":"t","options":{"metadata":{"a b":"c"}}} | options.metadata
                    {"queue":"refused","type":"t","options":{"metadata":{"a":1}}} | options.metadata
                    {"queue":"refused","type":"t","options":{"retry":{"maxAttempts":0}}} | options.retry.maxAttempts
                    {"queue":"refused","type":"t","options":{"retry":{"maxAttempts":1.5}}} | options.retry.maxAttempts
                    {"queue":"refused","type":"t","options":{"retry":{"maxAttempts":4294967297}}} | options.retry.maxAttempts
                    {"queue":"refused","type":"t","options":{"retry":{"coefficient":1e300}}} | options.retry.coefficient
                    {"queue":"refused","type":"t","options":{"retry":{"jitter":"0.5"}}} | options.retry.jitter
                    {"queue":"refused","type":"t","options":{"retry":{"initialInterval":"P8D"}}} | options.retry.initialInterval
                    {"queue":"refused","type":"t","options":{"retry":{"nonRetryable":[1]}}} | options.retry.nonRetryable
                    {"queue":"refused","type":"t","options":{"timeouts":{"heartbeat":"PT0S"}}} | options.timeouts.heartbeat
                    {"queue":"refused","type":"t","options":{"timeouts":{"start":"PT1S"}}} | options.timeouts.start
                    {"queue":"refused","type":"t","options":{"deduplication":{"key":"k"}}} | options.deduplication.mode
                    {"queue":"refused","type":"t","options":{"deduplication":{"mode":"first","key":"k"}}} | options.deduplication.mode
                    {"queue":"refused","type":"t","options":{"deduplication":{"mode":"throttle","key":"k"}}} | options.deduplication.window
                    {"queue":"refused","type":"t","options":{"deduplication":{"mode":"throttle","key":"k","window":"PT0.5S"}}} | options.deduplication.window
                    {"queue":"refused","type":"t","options":{"deduplication":{"mode":"keep-last","key":"k","window":"PT5S"}}} | options.deduplication.window
                    {"queue":"refused","type":"t","options":{"deduplication":{"mode":"keep-last","key":"a b"}}} | options.deduplication.key
                    """)
    void aSubmissionThatBreaksARuleIsRefusedWithItsField(String body, String field) {
        defined("refused");
        assertRefused(server.operator().post(JOBS, body), field);
        assertThat(ids("?queue=refused")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    bulk  | {"queue":"refused","type":"t"}                            | jobs
                    bulk  | {"queue":"refused","type":"t","jobs":{}}                  | jobs
                    bulk  | {"queue":"refused","type":"t","jobs":[{},7]}              | jobs[1]
                    bulk  | {"queue":"refused","type":"t","jobs":[{},{"type":"t"}]}   | jobs[1].type
                    bulk  | {"queue":"refused","type":"t","jobs":[{},{"options":{"delay":"x"}}]} | jobs[1].options.delay
                    flows | {"queue":"refused"}                                       | flow
                    flows | {"queue":"refused","flow":{}}                             | flow.type
                    flows | {"queue":"refused","flow":{"type":"t","children":[{"flow":{"type":"t"}}]}} | flow.children[0].queue
                    flows | {"queue":"refused","flow":{"type":"t","children":[{"queue":"refused"}]}}   | flow.children[0].flow
                    flows | {"queue":"refused","flow":{"type":"t","children":[{"queue":"refused","onFailure":"x","flow":{"type":"t"}}]}} | flow.children[0].onFailure
                    flows | {"queue":"refused","flow":{"type":"t","children":[{"queue":"a b","flow":{"type":"t"}}]}} | flow.children[0].queue
                    flows | {"queue":"refused","flow":{"type":"t","options":{"delay":"PT1S"},"children":[]}} | flow.start
                    """)
    void aBulkOrFlowThatBreaksARuleIsRefusedAsAWhole(String route, String body, String field) {
        defined("refused");
        assertRefused(server.operator().post(JOBS + "/" + route, body), field);
        assertThat(ids("?queue=refused")).isEmpty();
    }

    @Test
    void everyBrokenRuleIsToldAtOnce() {
        Answer refused = server.operator()
                .post(
                        JOBS,
                        "{\"queue\":\"q\",\"options\":{\"delay\":1,\"retry\":{\"jitter\":2,\"more\":1},\"tenant\":\"\"}}");
        assertThat(refused.json().at("/faults"))
                .extracting(fault -> fault.at("/field").stringValue())
                .containsExactlyInAnyOrder(
                        "type", "options.delay", "options.retry.jitter", "options.retry.more", "options.tenant");
    }

    @Test
    void ofVeryManyBrokenRulesTheFirstAreTold() {
        String jobs = "7,".repeat(9_000) + "7";
        Answer refused =
                server.operator().post(JOBS + "/bulk", "{\"queue\":\"q\",\"type\":\"t\",\"jobs\":[" + jobs + "]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults")).hasSize(100);
    }

    @Test
    void aBulkIsBounded() {
        String jobs = "{},".repeat(10_000) + "{}";
        Answer refused =
                server.operator().post(JOBS + "/bulk", "{\"queue\":\"q\",\"type\":\"t\",\"jobs\":[" + jobs + "]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/rule").stringValue()).contains("10000");
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsNoNameIsRefused() {
        defined("empty");
        for (String path : List.of("/empty/none", "/empty/none/tree", "/nowhere/none", "?queue=nowhere")) {
            assertThat(server.viewer().get(JOBS + path).status()).as(path).isEqualTo(404);
        }
        assertThat(server.operator()
                        .post(JOBS, "{\"queue\":\"nowhere\",\"type\":\"t\"}")
                        .status())
                .isEqualTo(404);
        for (String path : List.of("/empty/a.b", "/a.b/none", "?queue=a.b", "?state=DONE", "?limit=0", "?limit=1001")) {
            assertThat(server.viewer().get(JOBS + path).status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void anInputAsLargeAsABodyMayBeIsStoredWhole() {
        defined("large");
        String body = "{\"queue\":\"large\",\"type\":\"t\",\"input\":\"\"}";
        String input = "x".repeat((1 << 20) - body.length());
        Answer answer = server.operator().post(JOBS, body.replace("\"\"", "\"" + input + "\""));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(server.viewer()
                        .get(answer.header("Location"))
                        .json()
                        .at("/input")
                        .stringValue())
                .isEqualTo(input);
    }

    @Test
    void jsonOfAnyAllowedDepthHidesNoJob() {
        defined("deep");
        String deep = "[".repeat(62) + "]".repeat(62);
        Answer submitted = server.operator()
                .post(
                        JOBS,
                        "{\"queue\":\"deep\",\"type\":\"square\",\"input\":" + deep + ",\"options\":{\"id\":\"d\"}}");
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(201);
        assertThat(submitted.json().has("input")).isFalse();
        assertThat(server.viewer()
                        .get(JOBS + "/deep/d/tree")
                        .json()
                        .at("/job/id")
                        .stringValue())
                .isEqualTo("d");
        awaitIds("?queue=deep", "d");
    }

    @Test
    void aResultThatNestsTooDeepToBeShownEndsItsJobAndHidesNoOther() {
        defined("deep-results");
        JobType<Integer, Object> nest = JobType.of("nest", Integer.class, Object.class);
        try (JobWorker worker = JobWorker.builder(server.fleet().jobs().queue("deep-results"))
                .handle(nest, (levels, context) -> nested(levels))
                .start()) {
            for (int levels : List.of(40, 41, 63)) {
                String path = server.operator()
                        .post(JOBS, "{\"queue\":\"deep-results\",\"type\":\"nest\",\"input\":" + levels + "}")
                        .header("Location");
                assertThat(awaitState(path, "SUCCEEDED").has("result")).isEqualTo(levels == 40);
            }
            await().atMost(SOON).until(() -> ids("?queue=deep-results").size() == 3);
        }
    }

    private static Object nested(int levels) {
        return levels == 0 ? "x" : List.of(nested(levels - 1));
    }

    private static JsonObject waitFor(CountDownLatch told, JobContext context) throws InterruptedException {
        context.onCancel(told::countDown);
        told.await();
        context.throwIfCancelled();
        return JsonObject.empty();
    }

    private static JobWorker squaring(String queue) {
        return JobWorker.builder(server.fleet().jobs().queue(queue))
                .handle(SQUARE, (input, context) -> {
                    context.progress(0.5, "half way", JsonObject.of("at", 1));
                    long n = input.integer("n").orElseThrow();
                    return JsonObject.of("square", n * n);
                })
                .start();
    }

    private static void defined(String queue) {
        server.fleet().jobs().define(JobQueueSpec.of(queue));
    }

    private static Answer submit(String queue, String input, String options) {
        return server.operator()
                .post(
                        JOBS,
                        "{\"queue\":\"" + queue + "\",\"type\":\"square\",\"input\":" + input + ",\"options\":"
                                + options + "}");
    }

    private static JsonNode job(String queue, String id) {
        return server.viewer().get(JOBS + "/" + queue + "/" + id).json();
    }

    private static JsonNode awaitState(String path, String state) {
        await().alias(path)
                .atMost(SOON)
                .until(() -> server.viewer()
                        .get(path)
                        .json()
                        .at("/state")
                        .stringValue("")
                        .equals(state));
        return server.viewer().get(path).json();
    }

    /** Lists follow what is stored. */
    private static void awaitIds(String query, String... ids) {
        await().alias(query).atMost(SOON).until(() -> ids(query).equals(List.of(ids)));
    }

    private static List<String> ids(String query) {
        Answer answer = server.viewer().get(JOBS + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(job -> job.at("/id").stringValue())
                .toList();
    }

    private static void assertRefused(Answer refused, String field) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        JsonNode fault = refused.json().at("/faults/0");
        assertThat(fault.at("/field").stringValue()).isEqualTo(field);
        assertThat(fault.at("/rule").stringValue()).isNotBlank();
    }
}
