package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelQuery;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.RegisteredModel;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.testing.FleetExtension;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The registry of models against a real broker. */
class ModelRegistryTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    @TempDir
    static Path keys;

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final AtomicInteger MODELS = new AtomicInteger();
    private static ModelSigner signer;

    private final Fleet fleet = BROKER.fleet();
    private final ModelRegistry registry = fleet.models();
    private final String model = "model-" + MODELS.incrementAndGet();

    @BeforeAll
    static void aKey() {
        Path file = keys.resolve("key");
        ModelKeys.generate(file);
        signer = ModelKeys.signer(file);
    }

    @Test
    void aPublishedVersionIsFoundAsItWasPublished() {
        ModelFacts facts = ModelFacts.builder()
                .inputs(List.of(tensor("obs", TensorDimension.named("batch"), TensorDimension.of(48))))
                .outputs(List.of(tensor("action", TensorDimension.any(), TensorDimension.of(12))))
                .embodiments("unitree-g1", "unitree-go1")
                .metrics(Map.of("validation/loss", 0.125, "steps", 3.0))
                .trainingJob(new JobRef("training", JobId.of("j1")))
                .dataset("pick-place@3")
                .description("walks")
                .publishedBy("ci")
                .build();

        ModelVersion published = publish(1, facts);

        assertThat(registry.find(new ModelRef(model, 1))).contains(published);
        assertThat(published.facts()).isEqualTo(facts);
        assertThat(published.manifest()).isEqualTo(manifest(1));
        assertThat(published.state()).isEqualTo(ModelState.READY);
        assertThat(registry.find(new ModelRef(model, 2))).isEmpty();
        assertThat(registry.find(new ModelRef("nobody", 1))).isEmpty();
    }

    @Test
    void aVersionIsPublishedOnceAndForAll() {
        publish(1);

        assertThatThrownBy(() ->
                        publish(1, ModelFacts.builder().description("better").build()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(model + ":1 is published already");
        assertThat(registry.find(new ModelRef(model, 1)).orElseThrow().facts().description())
                .isEmpty();
    }

    @Test
    void theNextVersionIsOneAboveTheHighest() {
        assertThat(registry.nextVersion(model)).isEqualTo(1);
        publish(3);
        publish(20);
        publish(4);

        assertThat(registry.nextVersion(model)).isEqualTo(21);
        assertThat(registry.versions(model))
                .extracting(version -> version.ref().version())
                .containsExactly(20L, 4L, 3L);
    }

    @Test
    void aVersionWithoutSignatureWaitsForOne() {
        registry.publish(manifest(1), ModelFacts.builder().build(), List.of());
        ModelRef ref = new ModelRef(model, 1);
        assertThat(registry.find(ref).orElseThrow().state()).isEqualTo(ModelState.STAGED);
        assertThatThrownBy(() -> point("champion", 1))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is STAGED");

        registry.sign(ref, signer.sign(manifest(1)));
        ModelVersion signed = registry.sign(ref, signer.sign(manifest(1)));

        assertThat(signed.state()).isEqualTo(ModelState.READY);
        assertThat(signed.signatures()).hasSize(1);
        assertThat(point("champion", 1).version()).hasValue(1);
    }

    @Test
    void aSignatureThatDoesNotBelongToTheManifestIsNotTaken() {
        assertThatThrownBy(() ->
                        registry.publish(manifest(1), ModelFacts.builder().build(), List.of(signer.sign(manifest(2)))))
                .isInstanceOf(UntrustedModelException.class);
        assertThat(registry.find(new ModelRef(model, 1))).isEmpty();

        publish(2);
        assertThatThrownBy(() -> registry.sign(new ModelRef(model, 2), signer.sign(manifest(1))))
                .isInstanceOf(UntrustedModelException.class);
    }

    @Test
    void anAliasMovesAndRemembersWhereItWas() {
        publish(1);
        publish(2);

        point("champion", 1);
        ModelAlias moved = registry.point("champion", new ModelRef(model, 2), AliasGuard.move(1), "eve", "better");
        registry.clear(model, "champion", AliasGuard.any(), "bob", "broken");

        assertThat(moved.previous()).hasValue(1);
        assertThat(registry.find(model, "champion")).isEmpty();
        assertThat(registry.aliasHistory(model, "champion"))
                .extracting(ModelAlias::move, ModelAlias::version, ModelAlias::movedBy, ModelAlias::reason)
                .containsExactly(
                        tuple(3L, OptionalLong.empty(), "bob", "broken"),
                        tuple(2L, OptionalLong.of(2), "eve", "better"),
                        tuple(1L, OptionalLong.of(1), "test", "first"));
    }

    @Test
    void anAliasKnowsItsLastFiftyMoves() {
        publish(1);
        publish(2);
        IntStream.range(0, 55).forEach(i -> point("canary", 1 + i % 2));

        assertThat(registry.aliasHistory(model, "canary"))
                .extracting(ModelAlias::move)
                .containsExactlyElementsOf(LongStream.rangeClosed(6, 55)
                        .boxed()
                        .sorted((a, b) -> Long.compare(b, a))
                        .toList());
    }

    @Test
    void anAliasThatSomebodyElseMovedIsNotMovedUnknowingly() {
        publish(1);
        publish(2);
        point("champion", 1);

        assertThatThrownBy(() -> registry.point("champion", new ModelRef(model, 2), AliasGuard.move(0), "eve", "mine"))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.currentRevision()).isEqualTo(1));
        assertThat(point("champion", 1).move()).as("to where it points already").isEqualTo(1);
    }

    @Test
    void anAliasPointsOnlyAtWhatMayBeUsed() {
        publish(1);
        registry.retire(new ModelRef(model, 1), "ann", "drops things");
        ModelManifest old =
                new ModelManifest(model, 2, digest(2), 10, NOON.minusSeconds(9), Optional.of(NOON.minusSeconds(5)));
        registry.publish(old, ModelFacts.builder().build(), List.of(signer.sign(old)));

        assertThatThrownBy(() -> point("champion", 1)).hasMessageContaining("is RETIRED");
        assertThatThrownBy(() -> point("champion", 2)).hasMessageContaining("has expired");
        assertThatThrownBy(() -> point("champion", 3)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> point("7", 1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void whatAnAliasPointsAtIsNotRetired() {
        publish(1);
        publish(2);
        point("champion", 1);
        ModelRef first = new ModelRef(model, 1);

        assertThatThrownBy(() -> registry.retire(first, "ann", "old"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(model + "@champion points at " + model + ":1");

        point("champion", 2);
        ModelVersion retired = registry.retire(first, "ann", "old");
        assertThat(retired.state()).isEqualTo(ModelState.RETIRED);
        assertThat(retired.retirement().orElseThrow().by()).isEqualTo("ann");
        assertThat(registry.retire(first, "bob", "again")).isEqualTo(retired);
    }

    @Test
    void modelsAreTheSumOfTheirVersions() {
        publish(1, ModelFacts.builder().embodiments("go1").build());
        publish(2, ModelFacts.builder().embodiments("g1").build());
        point("champion", 1);
        point("canary", 2);
        registry.clear(model, "canary", AliasGuard.any(), "test", "off");

        RegisteredModel found = registry.model(model).orElseThrow();

        assertThat(found.versions()).isEqualTo(2);
        assertThat(found.latest().ref().version()).isEqualTo(2);
        assertThat(found.aliases()).isEqualTo(Map.of("champion", 1L));
        assertThat(found.embodiments()).containsExactly("g1", "go1");
        assertThat(registry.models()).contains(found);
        assertThat(registry.model("nobody")).isEmpty();
    }

    @Test
    void versionsAreFoundByWhatIsKnownOfThem() {
        JobRef job = new JobRef("training", JobId.random());
        publish(1, ModelFacts.builder().embodiments("SO-101").dataset("tape@1").build());
        publish(
                2,
                ModelFacts.builder()
                        .trainingJob(job)
                        .description("Greift Bänder")
                        .build());
        registry.publish(manifest(3), ModelFacts.builder().build(), List.of());
        ModelQuery here = ModelQuery.newest().withModel(model);

        assertThat(numbers(here)).containsExactly(3L, 2L, 1L);
        assertThat(numbers(here.withEmbodiment("SO-101"))).containsExactly(1L);
        assertThat(numbers(here.withDataset("tape@1"))).containsExactly(1L);
        assertThat(numbers(here.withTrainingJob(job))).containsExactly(2L);
        assertThat(numbers(here.withText("bÄNDER"))).containsExactly(2L);
        assertThat(numbers(here.withStates(ModelState.STAGED))).containsExactly(3L);
        assertThat(numbers(here.withLimit(2))).containsExactly(3L, 2L);
        assertThat(numbers(ModelQuery.newest().withText(model).withTrainingJob(job)))
                .containsExactly(2L);
    }

    @Test
    void whatSomebodyElseWroteIntoTheBucketHidesNothing() throws Exception {
        publish(1);
        publish(2);
        point("champion", 1);
        try (Connection connection = Nats.connect(BROKER.server().url())) {
            KeyValue bucket = connection.keyValue("MODEL_REGISTRY");
            bucket.put(model + ".version.3", "no JSON");
            bucket.put(model + ".version.latest", "2");
            bucket.put(model + ".alias.broken", "{}");
            bucket.delete(model + ".version.2");
        }

        assertThat(registry.versions(model))
                .extracting(version -> version.ref().version())
                .containsExactly(1L);
        assertThat(registry.models()).extracting(RegisteredModel::name).contains(model);
        assertThat(registry.model(model).orElseThrow().aliases()).containsOnlyKeys("champion");
        assertThat(registry.find(new ModelRef(model, 2))).isEmpty();
        assertThatThrownBy(() -> registry.find(new ModelRef(model, 3))).isInstanceOf(UnavailableException.class);
        assertThat(registry.nextVersion(model)).isEqualTo(4);
        assertThatThrownBy(() -> publish(2)).as("its number stays taken").isInstanceOf(ConflictException.class);
    }

    /** One request asks for a thousand. */
    @Test
    void moreVersionsThanOneRequestCanAskForAreAllFound() {
        LongStream.rangeClosed(1, 1_100).parallel().forEach(this::publish);

        assertThat(registry.versions(model))
                .extracting(version -> version.ref().version())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_100)
                        .mapToObj(number -> 1_101 - number)
                        .toList());
        assertThat(registry.nextVersion(model)).isEqualTo(1_101);
        assertThat(registry.search(ModelQuery.newest().withModel(model).withLimit(10_000)))
                .hasSize(1_100);
        assertThat(point("champion", 700).version()).hasValue(700);
        assertThat(registry.retire(new ModelRef(model, 701), "ann", "old").state())
                .isEqualTo(ModelState.RETIRED);
    }

    private List<Long> numbers(ModelQuery query) {
        return registry.search(query).stream()
                .map(version -> version.ref().version())
                .toList();
    }

    private ModelAlias point(String alias, long version) {
        return registry.point(alias, new ModelRef(model, version), AliasGuard.any(), "test", "first");
    }

    private ModelVersion publish(long version) {
        return publish(version, ModelFacts.builder().build());
    }

    private ModelVersion publish(long version, ModelFacts facts) {
        return registry.publish(manifest(version), facts, List.of(signer.sign(manifest(version))));
    }

    private ModelManifest manifest(long version) {
        return new ModelManifest(model, version, digest(version), 10, NOON.plusSeconds(version), Optional.empty());
    }

    private static Digest digest(long version) {
        return new Digest(String.format("%064x", version));
    }

    private static TensorInfo tensor(String name, TensorDimension... shape) {
        return new TensorInfo(name, "float32", Optional.of(List.of(shape)));
    }
}
