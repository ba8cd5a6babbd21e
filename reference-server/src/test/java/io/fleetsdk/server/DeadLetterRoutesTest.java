package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.server.Caller.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class DeadLetterRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String JOBS = "/api/v1/jobs";
    private static final String DEAD = JOBS + "/dead-letters";
    private static final JobType<Object, Object> BRITTLE = JobType.untyped("brittle");

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aJobThatIsGivenUpIsKeptWholeAndCanBeTriedAgain() {
        AtomicBoolean mended = new AtomicBoolean();
        try (JobWorker worker = working("kept", mended)) {
            submit("kept", "a");
            awaitDead("kept", "a");
            JsonNode listed = server.viewer().get(DEAD + "?queue=kept").json().get(0);
            assertThat(listed.has("payload") || listed.has("headers") || listed.has("input"))
                    .isFalse();
            JsonNode letter = server.viewer().get(DEAD + "/kept/a").json();
            assertThat(letter.at("/type").stringValue()).isEqualTo("brittle");
            assertThat(letter.at("/reason/name").stringValue()).isEqualTo(NonRetryableException.class.getName());
            assertThat(letter.at("/reason/message").stringValue()).isEqualTo("out of paper");
            assertThat(letter.at("/attempts/0/error/message").stringValue()).isEqualTo("out of paper");
            assertThat(letter.at("/input/pages").intValue()).isEqualTo(3);
            assertThat(new String(
                            Base64.getDecoder().decode(letter.at("/payload").stringValue()), StandardCharsets.UTF_8))
                    .isEqualTo("{\"pages\":3}");
            assertThat(letter.at("/size").intValue()).isEqualTo(11);
            assertThat(letter.at("/headers/Fleet-Type/0").stringValue()).isEqualTo("brittle");

            mended.set(true);
            Answer again = server.operator().send("POST", JOBS + "/kept/a/retry");
            assertThat(again.status()).as(again.body()).isEqualTo(200);
            await().atMost(SOON)
                    .until(() -> job("kept", "a").at("/state").stringValue().equals("SUCCEEDED"));
            assertThat(job("kept", "a").at("/attempt").intValue()).isEqualTo(2);
            assertThat(server.viewer().get(DEAD + "/kept/a").status()).isEqualTo(404);
            assertThat(server.operator().send("POST", JOBS + "/kept/a/retry").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void allOfAQueueAreTriedAgainOrForgottenAndCounted() {
        AtomicBoolean mended = new AtomicBoolean();
        try (JobWorker worker = working("all", mended)) {
            for (String id : List.of("a", "b", "c")) {
                submit("all", id);
                awaitDead("all", id);
            }
            assertThat(server.viewer().get(DEAD + "?queue=all&limit=2").json())
                    .extracting(letter -> letter.at("/id").stringValue())
                    .containsExactly("c", "b");
            assertThat(server.admin().delete(DEAD + "/all/b").status()).isEqualTo(204);
            assertThat(server.admin().delete(DEAD + "/all/b").status()).isEqualTo(404);
            mended.set(true);
            assertThat(server.operator().send("POST", DEAD + "/all/retry").body())
                    .isEqualTo("{\"count\":2}");
            await().atMost(SOON)
                    .until(() -> job("all", "c").at("/state").stringValue().equals("SUCCEEDED"));
            mended.set(false);
            submit("all", "d");
            awaitDead("all", "d");
            assertThat(server.admin().delete(DEAD + "/all").body()).isEqualTo("{\"count\":1}");
            assertThat(server.viewer().get(DEAD + "?queue=all").json()).isEmpty();
        }
    }

    @Test
    void theDeadLettersOfOneQueueAreTriedAgainByTheirOwnRoute() {
        AtomicBoolean mended = new AtomicBoolean();
        try (JobWorker worker = working("own", mended)) {
            submit("own", "a");
            awaitDead("own", "a");
            mended.set(true);
            assertThat(server.operator()
                            .send("POST", DEAD + "/own/a/retry")
                            .json()
                            .at("/id")
                            .stringValue())
                    .isEqualTo("a");
            await().atMost(SOON)
                    .until(() -> job("own", "a").at("/state").stringValue().equals("SUCCEEDED"));
        }
    }

    @Test
    void aDeadLetterThatIsNotThereIsNotFound() {
        server.fleet().jobs().define(JobQueueSpec.of("none"));
        assertThat(server.viewer().get(DEAD + "/none/a").status()).isEqualTo(404);
        assertThat(server.operator().send("POST", DEAD + "/none/a/retry").status())
                .isEqualTo(404);
        assertThat(server.viewer().get(DEAD + "?queue=nowhere").status()).isEqualTo(404);
        assertThat(server.viewer().get(DEAD + "?limit=x").status()).isEqualTo(400);
    }

    private static JobWorker working(String queue, AtomicBoolean mended) {
        return JobWorker.builder(server.fleet().jobs().define(JobQueueSpec.of(queue)))
                .handle(BRITTLE, (input, context) -> {
                    if (!mended.get()) {
                        throw new NonRetryableException("out of paper");
                    }
                    return "printed";
                })
                .start();
    }

    private static void submit(String queue, String id) {
        assertThat(server.operator()
                        .post(
                                JOBS,
                                "{\"queue\":\"" + queue + "\",\"type\":\"brittle\",\"input\":{\"pages\":3},"
                                        + "\"options\":{\"id\":\"" + id + "\"}}")
                        .status())
                .isEqualTo(201);
    }

    private static void awaitDead(String queue, String id) {
        await().alias(id)
                .atMost(SOON)
                .until(() -> server.viewer().get(DEAD + "/" + queue + "/" + id).status() == 200);
    }

    private static JsonNode job(String queue, String id) {
        return server.viewer().get(JOBS + "/" + queue + "/" + id).json();
    }
}
