package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.server.Caller.Answer;
import io.fleetsdk.testing.NatsServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Before a broker whose messages may be no larger than 64 KiB. */
class MessageLimitTest {
    private static final int LIMIT = 64 * 1024;
    private static final String LARGE = "\"" + "x".repeat(LIMIT) + "\"";

    @RegisterExtension
    static final ServerUnderTest server =
            new ServerUnderTest(NatsServer.builder().maxPayload(LIMIT));

    @BeforeAll
    static void define() {
        server.fleet().jobs().define(JobQueueSpec.of("small"));
    }

    @Test
    void aJobWhoseInputIsLargerIsRefusedWithTheLimit() {
        Answer refused =
                server.operator().post("/api/v1/jobs", "{\"queue\":\"small\",\"type\":\"t\",\"input\":" + LARGE + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThatTheLimitIsNamed(refused.json());
    }

    /** The input fits, and what else is said of the job does; together they do not. */
    @Test
    void aJobThatIsTooLargeWithItsHeadersIsRefusedToo() {
        String metadata = IntStream.range(0, 32)
                .mapToObj(i -> "\"m" + i + "\":\"" + "y".repeat(256) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        String input = "\"" + "x".repeat(LIMIT - 2_000) + "\"";
        String job = "\"input\":" + input + ",\"options\":{\"metadata\":" + metadata + "}}";
        Answer alone = server.operator().post("/api/v1/jobs", "{\"queue\":\"small\",\"type\":\"t\"," + job);
        assertThat(alone.status()).as(alone.body()).isEqualTo(400);
        Answer bulk = server.operator()
                .post("/api/v1/jobs/bulk", "{\"queue\":\"small\",\"type\":\"t\",\"jobs\":[{},{" + job + ",{}]}");
        assertThat(bulk.json().at("/results"))
                .extracting(result -> result.at("/status").stringValue())
                .containsExactly("accepted", "refused", "accepted");
    }

    @Test
    void aJobThatIsRefusedInABulkIsToldWithItsProblemAndTheOthersAreStored() {
        JsonNode results = server.operator()
                .post(
                        "/api/v1/jobs/bulk",
                        "{\"queue\":\"small\",\"type\":\"t\",\"jobs\":[{\"input\":1},{\"input\":" + LARGE
                                + "},{\"input\":3}]}")
                .json()
                .at("/results");
        assertThat(results)
                .extracting(result -> result.at("/status").stringValue())
                .containsExactly("accepted", "refused", "accepted");
        assertThat(results.at("/1").has("job")).isFalse();
        assertThat(results.at("/1/problem/status").intValue()).isEqualTo(400);
        assertThatTheLimitIsNamed(results.at("/1/problem"));
    }

    private static void assertThatTheLimitIsNamed(JsonNode problem) {
        assertThat(problem.at("/faults/0/field").stringValue()).isEqualTo("input");
        assertThat(problem.at("/faults/0/rule").stringValue()).matches("must be at most 6\\d{4} bytes.*");
    }
}
