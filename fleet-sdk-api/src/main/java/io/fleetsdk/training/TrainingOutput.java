package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a trainer leaves.
 *
 * @param metrics what it measured in the end, at most 32; names are tokens, values finite
 * @param model the ONNX file it wrote, in its directory; none after {@link TrainingTask#EVALUATE}
 */
public record TrainingOutput(Map<String, Double> metrics, Optional<Path> model) {
    private static final int MOST_METRICS = 32;

    public TrainingOutput {
        metrics = Metrics.checked(metrics, MOST_METRICS);
        model = Require.orEmpty(model);
    }

    public static TrainingOutput measured(Map<String, Double> metrics) {
        return new TrainingOutput(metrics, Optional.empty());
    }

    public TrainingOutput withModel(Path file) {
        return new TrainingOutput(metrics, Optional.of(file));
    }
}
