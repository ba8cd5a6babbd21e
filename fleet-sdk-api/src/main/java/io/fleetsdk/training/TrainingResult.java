package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import io.fleetsdk.model.ModelRef;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param metrics as the trainer measured them in the end
 * @param model the version that was registered; none after {@link TrainingTask#EVALUATE}
 */
public record TrainingResult(Map<String, Double> metrics, Optional<ModelRef> model) {
    public TrainingResult {
        metrics = Require.map("metrics", metrics);
        model = Require.orEmpty(model);
    }
}
