package io.fleetsdk.server.training;

/**
 * What is learned: the action is a linear function of the observation. This is also the form of a checkpoint, as JSON.
 *
 * @param epoch after which
 * @param window what it is shown
 * @param input how the features are scaled before the weights
 * @param output how the action is scaled after them
 * @param weights for each number of an action one per feature, and last the bias
 */
record LinearPolicy(int epoch, Window window, Scaling input, Scaling output, double[][] weights) {
    /** One that knows nothing: it always says the mean action. */
    static LinearPolicy ignorant(Window window, Scaling input, Scaling output) {
        int actions = output.means().length;
        return new LinearPolicy(0, window, input, output, new double[actions][window.inputs() + 1]);
    }

    LinearPolicy after(int learnedEpoch, double[][] learned) {
        return new LinearPolicy(learnedEpoch, window, input, output, learned);
    }

    double[] action(double[] observation) {
        double[] features = input.scaled(window.features(observation));
        double[] scaled = new double[weights.length];
        for (int action = 0; action < scaled.length; action++) {
            scaled[action] = weighted(weights[action], features);
        }
        return output.unscaled(scaled);
    }

    private static double weighted(double[] weights, double[] features) {
        double sum = weights[features.length];
        for (int i = 0; i < features.length; i++) {
            sum += weights[i] * features[i];
        }
        return sum;
    }
}
