package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.testing.FleetExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many at once at one model, each with a connection of its own. */
class ModelRaceTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final int RACERS = 20;
    private static final int CONNECTIONS = 5;
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final List<NatsFleet> FLEETS = new ArrayList<>();

    @TempDir
    static Path keys;

    private static ModelSigner signer;

    @BeforeAll
    static void connect() {
        ModelKeys.generate(keys.resolve("key"));
        signer = ModelKeys.signer(keys.resolve("key"));
        for (int i = 0; i < CONNECTIONS; i++) {
            FLEETS.add(NatsFleet.connect(NatsOptions.of(BROKER.server().url())));
        }
    }

    @AfterAll
    static void disconnect() {
        FLEETS.forEach(NatsFleet::close);
    }

    @Test
    void ofTwentyWhoPublishOneVersionExactlyOneWinsAndTheOthersAreToldSo() throws Exception {
        List<Object> outcomes = race(racer -> publish(registry(racer), "raced", 1, "by racer " + racer));

        List<ModelVersion> won = outcomes.stream()
                .filter(ModelVersion.class::isInstance)
                .map(ModelVersion.class::cast)
                .toList();
        assertThat(won).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> !won.contains(outcome))
                .hasOnlyElementsOfType(ConflictException.class);
        assertThat(registry(0).find(new ModelRef("raced", 1))).contains(won.get(0));
    }

    @Test
    void ofTwentyWhoMoveAnAliasEachMoveIsKeptInOneOrder() throws Exception {
        for (long version = 1; version <= RACERS; version++) {
            publish(registry(0), "moved", version, "");
        }

        List<Object> outcomes = race(racer -> registry(racer)
                .point("champion", new ModelRef("moved", racer + 1L), AliasGuard.any(), "racer-" + racer, "mine"));

        assertThat(outcomes).hasOnlyElementsOfType(ModelAlias.class);
        List<ModelAlias> history = registry(0).aliasHistory("moved", "champion");
        assertThat(history)
                .containsExactlyInAnyOrderElementsOf(
                        outcomes.stream().map(ModelAlias.class::cast).toList());
        for (int i = 0; i + 1 < history.size(); i++) {
            assertThat(history.get(i).previous()).isEqualTo(history.get(i + 1).version());
            assertThat(history.get(i).move()).isEqualTo(history.get(i + 1).move() + 1);
        }
    }

    @Test
    void ofTwentyWhoMoveAnAliasFromWhatTheySawOneDoes() throws Exception {
        for (long version = 1; version <= RACERS; version++) {
            publish(registry(0), "guarded", version, "");
        }

        List<Object> outcomes = race(racer -> registry(racer)
                .point("champion", new ModelRef("guarded", racer + 1L), AliasGuard.move(0), "racer-" + racer, "mine"));

        assertThat(outcomes).filteredOn(ModelAlias.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(ConflictException.class::isInstance).hasSize(RACERS - 1);
    }

    /** Either the alias came first and the version cannot be retired, or the other way round: never both. */
    @RepeatedTest(5)
    void noAliasComesToPointAtWhatIsBeingRetired(RepetitionInfo round) throws Exception {
        String model = "retired-" + round.getCurrentRepetition();
        for (long version = 1; version <= RACERS / 2; version++) {
            publish(registry(0), model, version, "");
        }

        race(racer -> {
            ModelRef ref = new ModelRef(model, 1 + racer / 2);
            return racer % 2 == 0
                    ? registry(racer).retire(ref, "racer-" + racer, "old")
                    : registry(racer).point("a" + ref.version(), ref, AliasGuard.any(), "racer-" + racer, "new");
        });

        for (ModelVersion version : registry(0).versions(model)) {
            Optional<ModelAlias> alias =
                    registry(0).alias(model, "a" + version.ref().version());
            assertThat(version.state() == ModelState.RETIRED)
                    .as(version.ref().toString())
                    .isEqualTo(alias.isEmpty());
        }
    }

    @Test
    void signaturesThatComeAtOnceAreAllKept() throws Exception {
        ModelManifest manifest = manifest("countersigned", 1);
        registry(0).publish(manifest, ModelFacts.builder().build(), List.of());

        List<Object> outcomes = race(racer -> {
            Path key = keys.resolve("signer-" + racer);
            ModelKeys.generate(key);
            return registry(racer).sign(manifest.ref(), ModelKeys.signer(key).sign(manifest));
        });

        assertThat(outcomes).filteredOn(ModelVersion.class::isInstance).hasSize(ModelVersion.MOST_SIGNATURES);
        assertThat(registry(0).find(manifest.ref()).orElseThrow().signatures()).hasSize(ModelVersion.MOST_SIGNATURES);
    }

    private static ModelRegistry registry(int racer) {
        return FLEETS.get(racer % CONNECTIONS).models();
    }

    private static ModelVersion publish(ModelRegistry registry, String model, long version, String description) {
        ModelManifest manifest = manifest(model, version);
        return registry.publish(
                manifest, ModelFacts.builder().description(description).build(), List.of(signer.sign(manifest)));
    }

    private static ModelManifest manifest(String model, long version) {
        Digest digest = new Digest(String.format("%064x", version));
        return new ModelManifest(model, version, digest, 10, NOON, Optional.empty());
    }

    /** What each racer got, or how it failed, by its number. */
    private static List<Object> race(Function<Integer, Object> run) throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(RACERS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Object>> running = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int racer = i;
                running.add(racers.submit((Callable<Object>) () -> {
                    start.await();
                    return outcome(run, racer);
                }));
            }
            start.countDown();
            List<Object> outcomes = new ArrayList<>();
            for (Future<Object> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            racers.shutdownNow();
        }
    }

    private static Object outcome(Function<Integer, Object> run, int racer) {
        try {
            return run.apply(racer);
        } catch (FleetException e) {
            return e;
        }
    }
}
