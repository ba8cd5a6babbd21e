package io.fleetsdk.storage.training;

import io.fleetsdk.job.JobRef;
import io.fleetsdk.training.TrainingRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a model that is to be registered.
 *
 * @param name the model's
 * @param job the run that made it
 */
public record TrainedModel(
        String name, JobRef job, Set<String> embodiments, Map<String, Double> metrics, Optional<String> dataset) {
    static TrainedModel of(TrainingRequest request, JobRef job, Map<String, Double> metrics) {
        return new TrainedModel(request.model().orElseThrow(), job, request.embodiments(), metrics, request.dataset());
    }
}
