package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.storage.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry while its broker dies. */
class ModelFaultsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int AFTER_THE_LAST_DEATH = 20;

    @TempDir
    Path keys;

    /** What was published is there once, as it was; what was refused may be there, but not in another form. */
    @Test
    void whatWasPublishedSurvivesTheBrokersDeaths() throws Exception {
        ModelSigner signer = signer();
        try (TestBroker broker = new TestBroker();
                NatsFleet fleet = broker.fleet()) {
            CountDownLatch dead = new CountDownLatch(1);
            List<ModelVersion> published = new ArrayList<>();
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
                int after = 0;
                for (long version = 1; after < AFTER_THE_LAST_DEATH; version++) {
                    publish(fleet.models(), signer, version).ifPresent(published::add);
                    after += dead.getCount() == 0 ? 1 : 0;
                }
            });
            for (int death = 0; death < 2; death++) {
                broker.server().kill();
                broker.server().restart();
            }
            dead.countDown();
            publishing.get(60, TimeUnit.SECONDS);

            assertThat(published).hasSizeGreaterThan(AFTER_THE_LAST_DEATH / 2);
            assertThat(fleet.models().versions("walker")).containsAll(published);
        }
    }

    @Test
    void whileTheBrokerIsAwayNothingIsSaidToBeDone() {
        ModelSigner signer = signer();
        try (TestBroker broker = new TestBroker();
                NatsFleet fleet = broker.fleet()) {
            ModelRegistry registry = fleet.models();
            publish(registry, signer, 1);
            ModelAlias champion =
                    registry.point("champion", new ModelRef("walker", 1), AliasGuard.any(), "ann", "first");
            broker.server().kill();

            assertThatThrownBy(() -> registry.find(new ModelRef("walker", 1))).isInstanceOf(FleetException.class);
            assertThat(publish(registry, signer, 2)).isEmpty();
            assertThatThrownBy(() -> registry.clear("walker", "champion", AliasGuard.any(), "ann", "gone"))
                    .isInstanceOf(FleetException.class)
                    .isNotInstanceOf(ConflictException.class);

            broker.server().restart();
            try (NatsFleet again = broker.fleet()) {
                assertThat(again.models().alias("walker", "champion")).contains(champion);
                assertThat(again.models().versions("walker")).hasSize(1);
            }
        }
    }

    private static Optional<ModelVersion> publish(ModelRegistry registry, ModelSigner signer, long version) {
        Digest digest = new Digest(String.format("%064x", version));
        ModelManifest manifest = new ModelManifest("walker", version, digest, 10, NOON, Optional.empty());
        try {
            return Optional.of(
                    registry.publish(manifest, ModelFacts.builder().build(), List.of(signer.sign(manifest))));
        } catch (UnavailableException | UnknownOutcomeException e) {
            return Optional.empty();
        }
    }

    private ModelSigner signer() {
        ModelKeys.generate(keys.resolve("key"));
        return ModelKeys.signer(keys.resolve("key"));
    }
}
