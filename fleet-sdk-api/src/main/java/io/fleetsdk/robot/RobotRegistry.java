package io.fleetsdk.robot;

import io.fleetsdk.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The robots of the fleet. Reads come from a local copy that follows the broker; the first call waits until it is complete.
 * Thread-safe.
 */
public interface RobotRegistry {
    /** All robots ever seen or described, by id. */
    List<Robot> list();

    Optional<Robot> find(RobotId robot);

    /**
     * Changes what the backend says about a robot; also before it was ever seen.
     *
     * @throws io.fleetsdk.ConflictException if the update names a revision that is not the current one
     * @throws io.fleetsdk.InvalidInputException if a name, tag or note breaks its rule
     */
    Robot update(RobotId robot, MetadataUpdate update);

    /** Up to 20 identities, newest first. */
    List<Received<RobotIdentity>> identityHistory(RobotId robot);

    /** Up to 20 capabilities, newest first: one for each announcement. */
    List<Received<RobotCapability>> capabilityHistory(RobotId robot);

    /**
     * Calls the handler after every change, in order for each robot, on a thread of the fleet. A slow handler delays the
     * next change, never the heartbeat reading.
     */
    Subscription watch(Consumer<RobotChange> handler);

    /**
     * Starts to take care of robots as they appear: records when they were first seen and asks those without identity or
     * capability, or back with other firmware, to identify themselves; with back-off from 1 s to 5 min while they do not
     * answer. One backend process at least should run this.
     */
    Subscription discover();

    /** Asks a robot to announce identity and capability again. */
    void requestIdentification(RobotId robot);
}
