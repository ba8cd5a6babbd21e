package io.fleetsdk.inference;

import io.fleetsdk.internal.Require;
import io.fleetsdk.model.ModelRef;
import java.util.Map;

/**
 * What a model said.
 *
 * @param model which version it was
 * @param outputs by name
 */
public record InferenceAnswer(ModelRef model, Map<String, Tensor> outputs) {
    public InferenceAnswer {
        model = Require.present("model", model);
        outputs = Require.map("outputs", outputs);
    }
}
