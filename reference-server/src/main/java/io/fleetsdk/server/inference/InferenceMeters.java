package io.fleetsdk.server.inference;

import io.fleetsdk.model.ModelRef;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How long models take, and how many questions they answer at once. */
final class InferenceMeters {
    private final MeterRegistry registry;

    InferenceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A computation by the model, for so many questions. */
    void computed(ModelRef model, int questions, Runnable computation) {
        Timer.builder("fleet.inference.compute")
                .description("Time a model takes for the questions it is put at once")
                .tag("model", model.toString())
                .register(registry)
                .record(computation);
        DistributionSummary.builder("fleet.inference.batch")
                .description("Questions that a model is put at once")
                .tag("model", model.toString())
                .register(registry)
                .record(questions);
    }

    /** A question, from its arrival to its answer. */
    void answered(ModelRef model, Duration took, boolean inTime) {
        Timer.builder("fleet.inference.latency")
                .description("Time from a question's arrival to its answer")
                .publishPercentiles(0.5, 0.99)
                .tag("model", model.toString())
                .tag("outcome", inTime ? "answered" : "refused")
                .register(registry)
                .record(took);
    }
}
