package io.fleetsdk.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobRef;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a version beside its manifest. Never changed after it is published; not signed.
 *
 * @param inputs as the file itself says, at most 1,000
 * @param outputs as the file itself says, at most 1,000
 * @param embodiments the kinds of robot it is for, at most 100 labels
 * @param metrics by name, such as {@code validation/loss}; at most 200 finite numbers, names are labels
 * @param trainingJob the job that made it
 * @param dataset what it was trained on, a label such as {@code pick-place@3}
 * @param description for people, up to 4,096 characters
 * @param publishedBy who published it, a label
 */
public record ModelFacts(
        List<TensorInfo> inputs,
        List<TensorInfo> outputs,
        Set<String> embodiments,
        Map<String, Double> metrics,
        Optional<JobRef> trainingJob,
        Optional<String> dataset,
        Optional<String> description,
        Optional<String> publishedBy) {
    private static final int MOST_TENSORS = 1_000;
    private static final int MOST_EMBODIMENTS = 100;
    private static final int MOST_METRICS = 200;
    private static final int LONGEST_DESCRIPTION = 4_096;

    public ModelFacts {
        inputs = Require.list("inputs", inputs);
        outputs = Require.list("outputs", outputs);
        Require.within("inputs", inputs.size(), 0, MOST_TENSORS);
        Require.within("outputs", outputs.size(), 0, MOST_TENSORS);
        embodiments = embodiments == null ? Set.of() : labels(embodiments);
        metrics = metrics == null ? Map.of() : numbers(metrics);
        trainingJob = Require.orEmpty(trainingJob);
        dataset = Require.orEmpty(dataset);
        dataset.ifPresent(name -> Require.label("dataset", name));
        description = Require.orEmpty(description);
        description.ifPresent(text -> Require.text("description", text, LONGEST_DESCRIPTION));
        publishedBy = Require.orEmpty(publishedBy);
        publishedBy.ifPresent(name -> Require.label("publishedBy", name));
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.inputs = inputs;
        builder.outputs = outputs;
        builder.embodiments = embodiments;
        builder.metrics = metrics;
        builder.trainingJob = trainingJob;
        builder.dataset = dataset;
        builder.description = description;
        builder.publishedBy = publishedBy;
        return builder;
    }

    /** Collects facts; refuses a wrong one at once. Not thread-safe. */
    public static final class Builder {
        private List<TensorInfo> inputs = List.of();
        private List<TensorInfo> outputs = List.of();
        private Set<String> embodiments = Set.of();
        private Map<String, Double> metrics = Map.of();
        private Optional<JobRef> trainingJob = Optional.empty();
        private Optional<String> dataset = Optional.empty();
        private Optional<String> description = Optional.empty();
        private Optional<String> publishedBy = Optional.empty();

        private Builder() {}

        public Builder inputs(List<TensorInfo> tensors) {
            Require.within("inputs", tensors.size(), 0, MOST_TENSORS);
            inputs = List.copyOf(tensors);
            return this;
        }

        public Builder outputs(List<TensorInfo> tensors) {
            Require.within("outputs", tensors.size(), 0, MOST_TENSORS);
            outputs = List.copyOf(tensors);
            return this;
        }

        public Builder embodiments(String... kinds) {
            return embodiments(List.of(kinds));
        }

        public Builder embodiments(Collection<String> kinds) {
            embodiments = labels(kinds);
            return this;
        }

        public Builder metrics(Map<String, Double> values) {
            metrics = numbers(values);
            return this;
        }

        public Builder trainingJob(JobRef job) {
            trainingJob = Optional.of(job);
            return this;
        }

        public Builder dataset(String name) {
            dataset = Optional.of(Require.label("dataset", name));
            return this;
        }

        public Builder description(String text) {
            description = Optional.of(Require.text("description", text, LONGEST_DESCRIPTION));
            return this;
        }

        public Builder publishedBy(String who) {
            publishedBy = Optional.of(Require.label("publishedBy", who));
            return this;
        }

        public ModelFacts build() {
            return new ModelFacts(
                    inputs, outputs, embodiments, metrics, trainingJob, dataset, description, publishedBy);
        }
    }

    private static Set<String> labels(Collection<String> kinds) {
        Require.within("embodiments", kinds.size(), 0, MOST_EMBODIMENTS);
        kinds.forEach(kind -> Require.label("embodiments", kind));
        return Collections.unmodifiableSet(new TreeSet<>(kinds));
    }

    private static Map<String, Double> numbers(Map<String, Double> metrics) {
        Require.within("metrics", metrics.size(), 0, MOST_METRICS);
        metrics.forEach(ModelFacts::checkMetric);
        return Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    private static void checkMetric(String name, Double value) {
        Require.label("metrics", name);
        if (value == null || !Double.isFinite(value)) {
            throw new InvalidInputException("metrics." + name, String.valueOf(value), "must be a finite number");
        }
    }
}
