package io.fleetsdk.inference;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.Map;

/**
 * A question to a model.
 *
 * @param model a version such as {@code g1-velocity:7}, an alias such as {@code g1-velocity@canary}, or a name alone for its champion
 * @param inputs by name, at least one
 * @param within after which an answer is of no use, 1 ms to 60 s
 */
public record InferenceRequest(String model, Map<String, Tensor> inputs, Duration within) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public InferenceRequest {
        model = Require.label("model", model);
        inputs = Require.map("inputs", inputs);
        Require.within("inputs", inputs.size(), 1, 1_000);
        if (within == null || within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
            throw new InvalidInputException("within", String.valueOf(within), "must be from 1 ms to 60 s");
        }
    }
}
