package io.fleetsdk.benchmarks;

import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import io.fleetsdk.nats.ModelKeys;
import io.fleetsdk.storage.Digest;
import io.nats.client.KeyValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The registry of models, one call after the other, beside the bucket that it is kept in. */
final class ModelTrips {
    private static final String PUT = "raw: `KeyValue.create` of as many bytes";
    private static final String GET = "raw: `KeyValue.get`";
    private static final String MODEL = "measured";
    private static final int TYPICAL_BYTES = 900;
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final TensorInfo TENSOR =
            new TensorInfo("obs", "float32", Optional.of(List.of(TensorDimension.of(1), TensorDimension.of(48))));
    private static final ModelFacts FACTS = ModelFacts.builder()
            .inputs(List.of(TENSOR))
            .outputs(List.of(TENSOR))
            .embodiments("unitree-g1")
            .metrics(Map.of("loss", 0.25, "reward", 7.5))
            .dataset("strolls@3")
            .build();

    private final Testbed testbed;
    private final Effort effort;

    ModelTrips(Testbed testbed, Effort effort) {
        this.testbed = testbed;
        this.effort = effort;
    }

    Section measure() throws Exception {
        Map<String, Trip> trips = trips();
        Map<String, Latencies> taken = new LinkedHashMap<>();
        for (int round = 0; round < effort.warmUps() + effort.rounds(); round++) {
            if (round == effort.warmUps()) {
                taken.clear();
            }
            turn(trips, taken);
        }
        return section(taken);
    }

    private Map<String, Trip> trips() throws Exception {
        ModelRegistry registry = testbed.fleet().models();
        KeyValue bucket = testbed.raw().keyValue("MODEL_REGISTRY");
        Path key = testbed.directory().resolve("key");
        ModelKeys.generate(key);
        ModelSigner signer = ModelKeys.signer(key);
        byte[] body = "x".repeat(TYPICAL_BYTES).getBytes(StandardCharsets.US_ASCII);
        AtomicLong raw = new AtomicLong();
        AtomicLong version = new AtomicLong();
        AtomicLong move = new AtomicLong();
        publish(registry, signer, version.incrementAndGet());
        publish(registry, signer, version.incrementAndGet());
        registry.point("champion", new ModelRef(MODEL, 1), AliasGuard.any(), "benchmark", "first");
        Map<String, Trip> trips = new LinkedHashMap<>();
        trips.put(PUT, () -> bucket.create("raw.entry." + raw.incrementAndGet(), body));
        trips.put(GET, () -> bucket.get("raw.entry.1"));
        trips.put("SDK: manifest, signature, `publish`", () -> publish(registry, signer, version.incrementAndGet()));
        trips.put("SDK: `find` by version", () -> registry.find(new ModelRef(MODEL, 1)));
        trips.put("SDK: `find` by alias", () -> registry.find(MODEL, "champion"));
        trips.put("SDK: `point`, an alias moved", () -> point(registry, 1 + move.incrementAndGet() % 2));
        return trips;
    }

    private static void publish(ModelRegistry registry, ModelSigner signer, long version) {
        Digest digest = new Digest(String.format("%064x", version));
        ModelManifest manifest = new ModelManifest(MODEL, version, digest, 1_000_000, CREATED, Optional.empty());
        registry.publish(manifest, FACTS, List.of(signer.sign(manifest)));
    }

    private static void point(ModelRegistry registry, long version) {
        registry.point("champion", new ModelRef(MODEL, version), AliasGuard.any(), "benchmark", "in turn");
    }

    private void turn(Map<String, Trip> trips, Map<String, Latencies> taken) throws Exception {
        for (Map.Entry<String, Trip> kind : trips.entrySet()) {
            Latencies latencies = taken.computeIfAbsent(kind.getKey(), name -> new Latencies());
            for (int i = 0; i < effort.trips(); i++) {
                long begin = System.nanoTime();
                kind.getValue().run();
                latencies.add(System.nanoTime() - begin);
            }
        }
    }

    private Section section(Map<String, Latencies> taken) {
        Section section = new Section(
                "Models",
                effort.rounds() * effort.trips() + " calls of each kind, one after the other, in " + effort.rounds()
                        + " turns after " + effort.warmUps() + " to warm up.",
                "call",
                "p50 ms",
                "p99 ms");
        taken.forEach((kind, latencies) ->
                section.row(kind, Section.millis(latencies.median()), Section.millis(latencies.percentile(99))));
        return section;
    }
}
