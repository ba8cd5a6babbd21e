package io.fleetsdk.command;

import io.fleetsdk.Subscription;
import io.fleetsdk.robot.RobotId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Instructions to robots. A command that {@code send} returned for is stored by the broker: it reaches the robot in order, also
 * one that is away, unless its deadline passes first. Executions of the last 24 h are kept, at most 10,000. Thread-safe.
 */
public interface CommandClient {
    /**
     * Sends a command to one robot. Repeating an id with the same content is answered from the robot's journal; with other
     * content the robot refuses it.
     *
     * @throws io.fleetsdk.UnavailableException if it was not stored
     * @throws io.fleetsdk.UnknownOutcomeException if the broker did not say whether it was; repeat with the same id
     */
    CommandHandle send(RobotId robot, CommandRequest request);

    /**
     * Sends one command with one id to every robot, those included that are away or yet unknown. The robots known at this
     * moment have an execution at once, others with their first word.
     *
     * @return the command's id
     */
    UUID sendToAll(CommandRequest request);

    /** Sends a command to each robot that carries the tag at this moment; the ids differ. Empty if none does. */
    List<CommandHandle> sendToTag(String tag, CommandRequest request);

    /**
     * Asks the robot to cancel a command.
     *
     * @throws io.fleetsdk.NotFoundException if no such command is known
     * @throws io.fleetsdk.ConflictException if it has already ended
     */
    void cancel(RobotId robot, UUID commandId);

    Optional<CommandExecution> find(RobotId robot, UUID commandId);

    /** What became of a broadcast, by robot; also works for a command to one. */
    List<CommandExecution> executions(UUID commandId);

    /** The robot's executions, newest first. */
    List<CommandExecution> recent(RobotId robot, int limit);

    /** Calls the handler at every step of every command from now on, one call at a time. */
    Subscription watch(Consumer<CommandExecution> handler);
}
