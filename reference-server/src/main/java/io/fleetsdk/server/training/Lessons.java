package io.fleetsdk.server.training;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A dataset as it is learned from.
 *
 * @param learned episodes to learn from
 * @param keptOut episodes to measure on
 */
record Lessons(Window window, Samples learned, Samples keptOut) {
    /** The last of each group of episodes is kept out: which ones they are depends on nothing else. */
    static Lessons of(LeRobotDataset dataset, LearningParameters parameters) throws IOException {
        int every = parameters.holdOutEvery();
        Window window = new Window(parameters.history(), dataset.stateWidth());
        List<Episode> episodes = dataset.episodes();
        Predicate<Episode> kept = episode -> episode.index() % every == every - 1;
        Lessons lessons = new Lessons(
                window,
                Samples.of(window, episodes.stream().filter(kept.negate()).toList()),
                Samples.of(window, episodes.stream().filter(kept).toList()));
        if (lessons.learned.frames() == 0 || lessons.keptOut.frames() == 0) {
            throw new InvalidInputException("holdOutEvery", every, "must leave frames to learn from and to measure on");
        }
        return lessons;
    }

    LinearPolicy ignorant() {
        return LinearPolicy.ignorant(window, Scaling.of(learned.features()), Scaling.of(learned.actions()));
    }

    /**
     * @throws InvalidInputException if the policy is shown something else
     */
    LinearPolicy fitting(LinearPolicy saved) {
        if (!saved.window().equals(window) || saved.weights().length != actionWidth()) {
            throw new InvalidInputException(
                    "checkpoint", saved.window(), "must be shown what this run shows: " + window);
        }
        return saved;
    }

    Descent descent(LinearPolicy policy, LearningParameters parameters) {
        return new Descent(learned, policy.input(), policy.output(), parameters);
    }

    double loss(LinearPolicy policy) {
        return learned.squaredError(policy::action);
    }

    /**
     * Errors on the episodes kept out: the policy's, and that of repeating the last state where an action is as wide as a state.
     */
    Map<String, Double> measures(LinearPolicy policy) {
        double error = keptOut.squaredError(fitting(policy)::action);
        return actionWidth() == window.width()
                ? Map.of("keptOutLoss", error, "baselineLoss", keptOut.squaredError(this::lastState))
                : Map.of("keptOutLoss", error);
    }

    private double[] lastState(double[] observation) {
        return Arrays.copyOf(observation, window.width());
    }

    private int actionWidth() {
        return learned.actions().get(0).length;
    }
}
