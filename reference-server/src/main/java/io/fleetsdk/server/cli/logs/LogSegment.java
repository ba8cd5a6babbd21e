package io.fleetsdk.server.cli.logs;

import io.fleetsdk.robot.RobotId;
import org.jspecify.annotations.Nullable;

/**
 * Input of a compression: a piece of a robot's log.
 *
 * @param number from 1; without one, the newest piece that is complete
 */
record LogSegment(RobotId robot, @Nullable Integer number) {
    /** Of the piece and of the job that compresses it. */
    String name() {
        return number == null ? robot + "-newest" : "%s-%04d".formatted(robot, number);
    }
}
