package io.fleetsdk.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be trained, measured or exported.
 *
 * @param trainer by its name
 * @param dataset a label such as {@code pick-place@3}; required but for {@link TrainingTask#EXPORT}
 * @param model the name under which the result is registered; required but for {@link TrainingTask#EVALUATE}
 * @param embodiments the kinds of robot the model is for, labels
 * @param parameters the trainer's own; with the rest of the request at most 8 KiB as JSON
 * @param checkpointEvery epochs from one checkpoint to the next, 1 to 1,000,000; 5 by default
 * @param from the checkpoint to begin with; required but for {@link TrainingTask#FINETUNE}
 */
public record TrainingRequest(
        TrainingTask task,
        String trainer,
        Optional<String> dataset,
        Optional<String> model,
        Set<String> embodiments,
        JsonObject parameters,
        int checkpointEvery,
        Optional<CheckpointRef> from) {
    private static final int USUAL_DISTANCE = 5;

    public TrainingRequest {
        task = Require.present("task", task);
        trainer = Require.token("trainer", trainer);
        dataset = Require.orEmpty(dataset);
        model = Require.orEmpty(model);
        embodiments = embodiments == null ? Set.of() : Set.copyOf(embodiments);
        parameters = parameters == null ? JsonObject.empty() : parameters;
        from = Require.orEmpty(from);
        dataset.ifPresent(name -> Require.label("dataset", name));
        model.ifPresent(name -> Require.token("model", name));
        embodiments.forEach(kind -> Require.label("embodiments", kind));
        Require.within("checkpointEvery", checkpointEvery, 1, 1_000_000);
        requireWhatThe(task, dataset, model, from);
    }

    private static void requireWhatThe(
            TrainingTask task, Optional<String> dataset, Optional<String> model, Optional<CheckpointRef> from) {
        require("dataset", dataset.isPresent() || task == TrainingTask.EXPORT, task);
        require("model", model.isPresent() || task == TrainingTask.EVALUATE, task);
        require("from", from.isPresent() || task == TrainingTask.FINETUNE, task);
    }

    private static void require(String field, boolean fine, TrainingTask task) {
        if (!fine) {
            throw new InvalidInputException(field, "missing", "is required to " + task.jobType());
        }
    }

    /** Learns from a dataset and registers the result under this model's name. */
    public static Builder finetune(String trainer, String dataset, String model) {
        return new Builder(TrainingTask.FINETUNE, trainer).dataset(dataset).model(model);
    }

    /** Measures a checkpoint on a dataset. */
    public static Builder evaluate(String trainer, String dataset, CheckpointRef from) {
        return new Builder(TrainingTask.EVALUATE, trainer).dataset(dataset).from(from);
    }

    /** Makes a checkpoint a model, registered under this name. */
    public static Builder export(String trainer, String model, CheckpointRef from) {
        return new Builder(TrainingTask.EXPORT, trainer).model(model).from(from);
    }

    /** The same, beginning with this checkpoint. */
    public TrainingRequest startingFrom(CheckpointRef checkpoint) {
        return new TrainingRequest(
                task, trainer, dataset, model, embodiments, parameters, checkpointEvery, Optional.of(checkpoint));
    }

    /** Collects a request. Not thread-safe. */
    public static final class Builder {
        private final TrainingTask task;
        private final String trainer;
        private Optional<String> dataset = Optional.empty();
        private Optional<String> model = Optional.empty();
        private Set<String> embodiments = Set.of();
        private JsonObject parameters = JsonObject.empty();
        private int checkpointEvery = USUAL_DISTANCE;
        private Optional<CheckpointRef> from = Optional.empty();

        private Builder(TrainingTask task, String trainer) {
            this.task = task;
            this.trainer = Require.token("trainer", trainer);
        }

        private Builder dataset(String name) {
            dataset = Optional.of(Require.label("dataset", name));
            return this;
        }

        private Builder model(String name) {
            model = Optional.of(Require.token("model", name));
            return this;
        }

        public Builder embodiments(Collection<String> kinds) {
            kinds.forEach(kind -> Require.label("embodiments", kind));
            embodiments = Set.copyOf(kinds);
            return this;
        }

        public Builder parameters(JsonObject ofTheTrainer) {
            parameters = Require.present("parameters", ofTheTrainer);
            return this;
        }

        /** 1 to 1,000,000; 5 by default. */
        public Builder checkpointEvery(int epochs) {
            Require.within("checkpointEvery", epochs, 1, 1_000_000);
            checkpointEvery = epochs;
            return this;
        }

        public Builder from(CheckpointRef checkpoint) {
            from = Optional.of(checkpoint);
            return this;
        }

        public TrainingRequest build() {
            return new TrainingRequest(task, trainer, dataset, model, embodiments, parameters, checkpointEvery, from);
        }
    }
}
