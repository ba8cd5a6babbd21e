package io.fleetsdk.command;

import io.fleetsdk.Subscription;
import io.fleetsdk.robot.RobotId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Latched emergency stops. A stop is signalled at once and stays, across restarts of robot, backend and broker, until it is
 * released explicitly; a robot that was away reads it when it returns. A robot is held while its own stop or the fleet's is
 * latched. Thread-safe.
 *
 * <p>This is a software stop. It does not replace a safety-rated emergency stop circuit.
 */
public interface EmergencyStop {
    /**
     * Stops one robot.
     *
     * @return the latch as stored
     * @throws io.fleetsdk.UnknownOutcomeException if the signal was sent but the broker did not confirm that the latch is
     *     stored; stop again
     */
    StopLatch stop(RobotId robot, String reason, String requestedBy);

    /** Stops every robot. */
    StopLatch stopAll(String reason, String requestedBy);

    /** Releases the robot's own stop; a stop of all goes on holding it. */
    StopLatch release(RobotId robot, String reason, String requestedBy);

    /** Releases the stop of all; robots stopped on their own stay stopped. */
    StopLatch releaseAll(String reason, String requestedBy);

    /** The robot's own latch. */
    StopLatch latch(RobotId robot);

    /** The latch of all. */
    StopLatch fleetLatch();

    /** Whether the robot should be held, by its own latch or the fleet's. */
    boolean isStopped(RobotId robot);

    /** Every robot's own latch that was ever set. */
    Map<RobotId, StopLatch> latches();

    /** Calls the handler for every change from now on; the robot is empty for the latch of all. */
    Subscription watch(Consumer<Change> handler);

    /** A latch has changed. */
    record Change(Optional<RobotId> robot, StopLatch latch) {}
}
