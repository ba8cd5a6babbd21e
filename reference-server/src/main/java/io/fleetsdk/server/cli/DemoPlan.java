package io.fleetsdk.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the demo is to start.
 *
 * @param home the checkout, where the built programs are
 * @param robots how many in all; the last two replay a drive, the others are simulated
 * @param recordings files to replay, the first by the first replay robot; the shipped route for those without one
 * @param speed of the replay, 1 is as recorded
 * @param port of the page, 1 to 65535
 * @param data where state and logs go
 */
record DemoPlan(Path home, int robots, List<Path> recordings, double speed, int port, Path data) {
    private static final int REPLAY_ROBOTS = 2;

    int replayRobots() {
        return Math.min(REPLAY_ROBOTS, robots);
    }

    int simulatedRobots() {
        return robots - replayRobots();
    }

    /** The id of the robot with this number, from 1. */
    static String robotId(int number) {
        return "RB-%03d".formatted(number);
    }

    boolean isReplay(int number) {
        return number > simulatedRobots();
    }

    Optional<Path> recording(int number) {
        int index = number - simulatedRobots() - 1;
        return index < recordings.size() ? Optional.of(recordings.get(index)) : Optional.empty();
    }

    Path logs() {
        return data.resolve("logs");
    }

    /** What the worker compresses and what it makes of it. */
    Path recordedLogs() {
        return data.resolve("recorded-logs");
    }

    Path tokens() {
        return data.resolve("tokens");
    }
}
