package io.fleetsdk.server.training;

import java.util.List;

/**
 * One recording: what the robot was like and what it was told, frame by frame.
 *
 * @param states as many as actions; in the dataset's units
 */
record Episode(int index, List<double[]> states, List<double[]> actions) {
    int frames() {
        return states.size();
    }
}
