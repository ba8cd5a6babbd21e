package io.fleetsdk.server.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.Trainer;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingOutput;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Learns state to action from a LeRobot dataset, by multi-output linear regression: {@link LearningParameters} say how. The loss is the
 * mean squared error in the dataset's units. Every epoch is also measured on the episodes kept out, beside what a robot would do that
 * repeats the state it is in.
 */
public final class LinearTrainer implements Trainer {
    /** It tells each epoch what it is about to do. A logger that nobody holds forgets its level. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo.common.sgd");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public TrainingOutput run(TrainingContext context) throws IOException {
        LearningParameters parameters = LearningParameters.of(context.parameters());
        if (context.task() == TrainingTask.EXPORT) {
            return exported(saved(context), context.directory(), Map.of());
        }
        Lessons lessons = Lessons.of(LeRobotDataset.open(context.dataset()), parameters);
        if (context.task() == TrainingTask.EVALUATE) {
            return TrainingOutput.measured(lessons.measures(saved(context)));
        }
        LinearPolicy learned = learn(lessons, parameters, context);
        return exported(learned, context.directory(), lessons.measures(learned));
    }

    private static LinearPolicy learn(Lessons lessons, LearningParameters parameters, TrainingContext context)
            throws IOException {
        LinearPolicy policy = context.checkpoint().isPresent() ? lessons.fitting(saved(context)) : lessons.ignorant();
        Descent descent = lessons.descent(policy, parameters);
        for (int epoch = policy.epoch() + 1; epoch <= parameters.epochs(); epoch++) {
            context.throwIfCancelled();
            policy = policy.after(epoch, descent.learn(policy.weights(), epoch));
            report(lessons, policy, parameters, context);
            if (context.checkpointDue(epoch, parameters.epochs())) {
                context.checkpoint(save(policy, context.directory()));
            }
        }
        return policy;
    }

    private static void report(
            Lessons lessons, LinearPolicy policy, LearningParameters parameters, TrainingContext context) {
        double loss = lessons.loss(policy);
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException(
                    "learningRate", parameters.learningRate(), "must be smaller: the weights grew without end");
        }
        Map<String, Double> measures = lessons.measures(policy);
        context.report(new EpochReport(policy.epoch(), loss, measures), parameters.epochs());
        context.log(String.format(
                Locale.ROOT, "epoch %d of %d: loss %.6f, %s", policy.epoch(), parameters.epochs(), loss, measures));
    }

    private static SavedEpoch save(LinearPolicy policy, Path directory) {
        Path file = directory.resolve("epoch-" + policy.epoch() + ".json");
        JSON.writeValue(file.toFile(), policy);
        return new SavedEpoch(policy.epoch(), file);
    }

    /**
     * @throws InvalidInputException if there is none, or it is none of this trainer's
     */
    private static LinearPolicy saved(TrainingContext context) {
        SavedEpoch saved = context.checkpoint()
                .orElseThrow(() -> new InvalidInputException(
                        "checkpoint",
                        "missing",
                        "is required to " + context.task().jobType()));
        try {
            return JSON.readValue(saved.file().toFile(), LinearPolicy.class);
        } catch (JacksonException e) {
            throw new InvalidInputException("checkpoint", e.getOriginalMessage(), "must be one of this trainer");
        }
    }

    private static TrainingOutput exported(LinearPolicy policy, Path directory, Map<String, Double> measures)
            throws IOException {
        Path file = directory.resolve("policy.onnx");
        new PolicyGraph(policy).writeTo(file);
        return TrainingOutput.measured(measures).withModel(file);
    }
}
