package io.fleetsdk.command;

import io.fleetsdk.robot.RobotId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A command on its way. Thread-safe. */
public interface CommandHandle {
    UUID commandId();

    RobotId robotId();

    /** Where it stands now. */
    CommandExecution execution();

    /** Completes with the end of the command; never exceptionally, for every command ends by its deadline. */
    CompletableFuture<CommandExecution> completion();

    /**
     * Waits for the end.
     *
     * @return the execution at its end
     * @throws io.fleetsdk.UnknownOutcomeException if the time is up before the end; the command goes on
     */
    CommandExecution await(Duration atMost);

    /** Asks the robot to cancel; the command ends CANCELLED, or as it would have where the robot cannot. */
    void cancel();
}
