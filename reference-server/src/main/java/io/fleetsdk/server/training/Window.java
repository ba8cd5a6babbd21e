package io.fleetsdk.server.training;

import java.util.List;

/**
 * What the model is shown of a frame: the present state and those before it, newest first. Before an episode's first frame the robot
 * is taken to have stood still.
 *
 * @param history how many states before the present one
 * @param width numbers of a state
 */
record Window(int history, int width) {
    int inputs() {
        return (history + 1) * width;
    }

    double[] at(List<double[]> states, int frame) {
        double[] observation = new double[inputs()];
        for (int back = 0; back <= history; back++) {
            System.arraycopy(states.get(Math.max(0, frame - back)), 0, observation, back * width, width);
        }
        return observation;
    }

    /**
     * The matrix that makes of such an observation what is learned from: the state itself, and how far each earlier one is from it.
     * Neighbouring states are nearly equal; their differences say what the descent would else take long to find.
     */
    double[][] differences() {
        double[][] matrix = new double[inputs()][inputs()];
        for (int input = 0; input < inputs(); input++) {
            matrix[input][input % width] = 1;
            if (input >= width) {
                matrix[input][input] = -1;
            }
        }
        return matrix;
    }

    double[] features(double[] observation) {
        double[] features = observation.clone();
        for (int input = width; input < features.length; input++) {
            features[input] = observation[input % width] - observation[input];
        }
        return features;
    }
}
