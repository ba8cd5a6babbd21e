package io.fleetsdk.server.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How to learn, a step for each frame.
 *
 * @param epochs passes over the episodes learned from, 1 to 10,000; 30 by default
 * @param learningRate of the first epoch, above 0 to 1; epoch n has it divided by the root of n; 0.01 by default
 * @param history how many states before the present one the model is shown, 0 to 30; 1 by default
 * @param holdOutEvery every so many episodes one is kept out of learning to measure on, 2 to 1,000; 4 by default
 * @param seed of the order of the frames; 1 by default
 */
record LearningParameters(int epochs, double learningRate, int history, int holdOutEvery, long seed) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    LearningParameters {
        Require.within("epochs", epochs, 1, 10_000);
        Require.within("learningRate", learningRate, Double.MIN_NORMAL, 1);
        Require.within("history", history, 0, 30);
        Require.within("holdOutEvery", holdOutEvery, 2, 1_000);
    }

    private record Wished(
            @Nullable Integer epochs,
            @Nullable Double learningRate,
            @Nullable Integer history,
            @Nullable Integer holdOutEvery,
            @Nullable Long seed) {
        LearningParameters orDefaults() {
            return new LearningParameters(
                    epochs == null ? 30 : epochs,
                    learningRate == null ? 0.01 : learningRate,
                    history == null ? 1 : history,
                    holdOutEvery == null ? 4 : holdOutEvery,
                    seed == null ? 1 : seed);
        }
    }

    /**
     * @throws InvalidInputException naming the parameter that breaks a rule, or that nobody knows
     */
    static LearningParameters of(JsonObject parameters) {
        try {
            return JSON.convertValue(parameters.asMap(), Wished.class).orDefaults();
        } catch (JacksonException e) {
            throw new InvalidInputException("parameters", e.getOriginalMessage(), "must be those of this trainer");
        }
    }

    double learningRateIn(int epoch) {
        return learningRate / Math.sqrt(epoch);
    }
}
