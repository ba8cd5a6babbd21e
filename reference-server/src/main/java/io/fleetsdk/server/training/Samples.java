package io.fleetsdk.server.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Frames to learn from or to measure on.
 *
 * @param observations as the model is shown them
 * @param actions what the robot was told there
 */
record Samples(Window window, List<double[]> observations, List<double[]> actions) {
    static Samples of(Window window, List<Episode> episodes) {
        List<double[]> observations = new ArrayList<>();
        List<double[]> actions = new ArrayList<>();
        for (Episode episode : episodes) {
            for (int frame = 0; frame < episode.frames(); frame++) {
                observations.add(window.at(episode.states(), frame));
                actions.add(episode.actions().get(frame));
            }
        }
        return new Samples(window, observations, actions);
    }

    int frames() {
        return actions.size();
    }

    List<double[]> features() {
        return observations.stream().map(window::features).toList();
    }

    /** Mean of the squared differences between what a policy says and what was done, over frames and numbers of an action. */
    double squaredError(UnaryOperator<double[]> policy) {
        double sum = 0;
        for (int frame = 0; frame < frames(); frame++) {
            sum += squaredDistance(policy.apply(observations.get(frame)), actions.get(frame));
        }
        return sum / frames() / actions.get(0).length;
    }

    private static double squaredDistance(double[] said, double[] done) {
        double sum = 0;
        for (int i = 0; i < done.length; i++) {
            sum += (said[i] - done[i]) * (said[i] - done[i]);
        }
        return sum;
    }
}
