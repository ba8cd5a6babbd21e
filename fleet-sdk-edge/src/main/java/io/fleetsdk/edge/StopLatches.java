package io.fleetsdk.edge;

import io.fleetsdk.command.StopLatch;
import io.fleetsdk.link.RobotLink.StopScope;
import io.fleetsdk.link.RobotLink.StopSignal;
import java.time.Instant;

/**
 * The two emergency stops that can hold a robot: its own and the fleet's. It is held until both are released.
 *
 * @param robot its own
 * @param fleet everybody's
 */
record StopLatches(KnownLatch robot, KnownLatch fleet) {
    /** Below {@link StopLatch#never()}: whatever the backend says replaces it. */
    private static final long BELOW_ANY = -1;

    static StopLatches never() {
        return new StopLatches(KnownLatch.of(StopLatch.never()), KnownLatch.of(StopLatch.never()));
    }

    /** What holds when the record of the latches cannot be read: both, until the backend has given its word on each. */
    static StopLatches unreadable(Instant now) {
        KnownLatch held = KnownLatch.of(
                new StopLatch(true, BELOW_ANY, "the record of emergency stops is unreadable", "robot", now));
        return new StopLatches(held, held);
    }

    /** The latches after a signal; equal to these where it brings nothing new. */
    StopLatches after(StopSignal signal) {
        return signal.scope() == StopScope.ROBOT
                ? new StopLatches(robot.after(signal.latch()), fleet)
                : new StopLatches(robot, fleet.after(signal.latch()));
    }

    boolean isHeld() {
        return robot.latch().stopped() || fleet.latch().stopped();
    }

    /** Why the robot is held, for people. */
    String reason() {
        return robot.latch().stopped() ? robot.latch().reason() : fleet.latch().reason();
    }
}
