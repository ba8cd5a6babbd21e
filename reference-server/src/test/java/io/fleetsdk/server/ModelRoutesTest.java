package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import io.fleetsdk.server.Caller.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ModelRoutesTest {
    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    private static final String MODELS = "/api/v1/models";
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static PublishedModels published;

    private final String name = "walker-" + NAMES.incrementAndGet();
    private final String model = MODELS + "/" + name;

    @BeforeAll
    static void prepare() {
        published = PublishedModels.of(server.fleet());
    }

    @Test
    void aVersionIsShownWithAllThatIsKnownOfIt() {
        TensorInfo obs = new TensorInfo(
                "obs", "float32", Optional.of(List.of(TensorDimension.named("batch"), TensorDimension.of(48))));
        published.signed(
                name,
                3,
                ModelFacts.builder()
                        .inputs(List.of(obs))
                        .embodiments("g1")
                        .metrics(Map.of("loss", 0.5))
                        .trainingJob(new JobRef("training", JobId.of("j1")))
                        .dataset("tape@1")
                        .build());

        JsonNode shown = server.viewer().get(model + "/versions/3").json();

        assertThat(shown.at("/state").stringValue()).isEqualTo("READY");
        assertThat(shown.at("/inputs/0/shape").toString()).isEqualTo("[\"batch\",\"48\"]");
        assertThat(shown.at("/metrics/loss").doubleValue()).isEqualTo(0.5);
        assertThat(shown.at("/trainingJob/id").stringValue()).isEqualTo("j1");
        assertThat(shown.at("/digest").stringValue()).startsWith("sha256:");
        assertThat(server.viewer().get(model).json().at("/latest")).isEqualTo(shown);
        assertThat(server.viewer().get(MODELS).json())
                .extracting(one -> one.at("/name").stringValue())
                .contains(name);
    }

    @Test
    void versionsAreSearchedFor() {
        published.signed(name, 1, ModelFacts.builder().embodiments("go1").build());
        published.unsigned(name, 2);
        String search = "/api/v1/model-versions?model=" + name;

        assertThat(versions(search)).containsExactly(2L, 1L);
        assertThat(versions(search + "&embodiment=go1")).containsExactly(1L);
        assertThat(versions(search + "&state=STAGED")).containsExactly(2L);
        assertThat(versions(search + "&limit=1")).containsExactly(2L);
        assertThat(versions("/api/v1/model-versions?text=GO1&model=" + name)).containsExactly(1L);
        assertThat(server.viewer().get(search + "&state=ready").status()).isEqualTo(400);
        assertThat(server.viewer().get(search + "&trainingJob=x").status()).isEqualTo(400);
    }

    @Test
    void anAliasIsMovedByWhoKnowsWhereItStands() {
        published.signed(name, 1, ModelFacts.builder().build());
        published.signed(name, 2, ModelFacts.builder().build());
        String champion = model + "/aliases/champion";

        Answer set = server.operator().put(champion, "{\"version\":1,\"reason\":\"first\"}", "If-Match", "\"0\"");
        Answer late = server.operator().put(champion, "{\"version\":2,\"reason\":\"late\"}", "If-Match", "\"0\"");
        Answer moved = server.operator().put(champion, "{\"version\":2,\"reason\":\"better\"}", "If-Match", "\"1\"");
        Answer cleared = server.operator().delete(champion + "?reason=gone");

        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.header("ETag")).isEqualTo("\"1\"");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().at("/currentRevision").longValue()).isEqualTo(1);
        assertThat(moved.json().at("/previous").longValue()).isEqualTo(1);
        assertThat(moved.json().at("/movedBy").stringValue()).isEqualTo("otto");
        assertThat(cleared.json().has("version")).isFalse();
        assertThat(server.viewer().get(champion + "/history").json())
                .extracting(move -> move.at("/reason").stringValue())
                .containsExactly("gone", "better", "first");
        assertThat(server.operator().delete(champion).status())
                .as("without a reason")
                .isEqualTo(400);
        assertThat(server.viewer().get(model + "/aliases/canary").status()).isEqualTo(404);
    }

    @Test
    void aVersionIsSignedByWhoHasItsKeyElsewhere() {
        ModelSignature signature =
                published.signer().sign(published.unsigned(name, 1).manifest());
        ModelSignature other =
                published.signer().sign(published.unsigned(name, 2).manifest());

        Answer wrong = server.operator().post(model + "/versions/1/signatures", json(other));
        Answer signed = server.operator().post(model + "/versions/1/signatures", json(signature));

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/detail").stringValue()).contains("does not belong to this manifest");
        assertThat(signed.json().at("/state").stringValue()).isEqualTo("READY");
        assertThat(signed.json().at("/signatures/0/key").stringValue()).isEqualTo(signature.key());
    }

    @Test
    void aRetiredVersionTakesNoAlias() {
        published.signed(name, 1, ModelFacts.builder().build());

        Answer retired = server.admin().post(model + "/versions/1/retire", "{\"reason\":\"falls over\"}");
        Answer refused = server.operator().put(model + "/aliases/champion", "{\"version\":1,\"reason\":\"r\"}");

        assertThat(retired.json().at("/retirement/by").stringValue()).isEqualTo("ada");
        assertThat(retired.json().at("/state").stringValue()).isEqualTo("RETIRED");
        assertThat(refused.status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {"reason":"r"}                       | version
                    {"version":0,"reason":"r"}           | version
                    {"version":"1","reason":"r"}         | version
                    {"version":1}                        | reason
                    {"version":1,"reason":"r","by":"me"} | by
                    """)
    void anAliasThatBreaksARuleIsRefusedWithItsField(String body, String field) {
        Answer refused = server.operator().put(model + "/aliases/champion", body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/field").stringValue()).isEqualTo(field);
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsNoNameIsRefused() {
        assertThat(server.viewer().get(model).status()).isEqualTo(404);
        assertThat(server.viewer().get(model + "/versions").body()).isEqualTo("[]");
        assertThat(server.viewer().get(model + "/versions/1").status()).isEqualTo(404);
        assertThat(server.viewer().get(model + "/versions/latest").status()).isEqualTo(400);
        assertThat(server.viewer().get(MODELS + "/a%20b/versions").status()).isEqualTo(400);
        assertThat(server.viewer().get(MODELS + "/%3E/versions").status()).isEqualTo(400);
        assertThat(server.viewer().get(model + "/aliases/7").status()).isEqualTo(400);
        assertThat(server.admin()
                        .post(model + "/versions/1/retire", "{\"reason\":\"r\"}")
                        .status())
                .isEqualTo(404);
    }

    private static List<Long> versions(String path) {
        return server.viewer()
                .get(path)
                .json()
                .valueStream()
                .map(version -> version.at("/version").longValue())
                .toList();
    }

    private static String json(ModelSignature signature) {
        return "{\"key\":\"" + signature.key() + "\",\"signature\":\"" + signature.signature() + "\"}";
    }
}
