package io.fleetsdk.command;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of a command at one robot.
 *
 * @param command what was asked
 * @param state where it stands
 * @param progress percent, as last reported
 * @param message the robot's last message: reason of a rejection or failure, what is being done
 * @param result the last detail or the result
 * @param requestedAt when it was sent
 * @param steps the states it went through, oldest first, at most 32 (the first and the newest are kept)
 */
public record CommandExecution(
        RobotId robotId,
        Command command,
        CommandState state,
        OptionalDouble progress,
        Optional<String> message,
        Optional<JsonObject> result,
        Instant requestedAt,
        List<Step> steps) {
    private static final int KEPT_STEPS = 32;

    /** One step of the life cycle. */
    public record Step(CommandState state, Instant at, Optional<String> message) {}

    /** A command just sent. */
    public static CommandExecution requested(RobotId robot, Command command, Instant at) {
        return new CommandExecution(
                robot,
                command,
                CommandState.REQUESTED,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                at,
                List.of(new Step(CommandState.REQUESTED, at, Optional.empty())));
    }

    /** This execution after a robot's word; unchanged where the life cycle does not allow the step. */
    public CommandExecution after(CommandAck ack, Instant at) {
        return state.canBecome(ack.state())
                ? new CommandExecution(
                        robotId,
                        command,
                        ack.state(),
                        ack.progress().isPresent() ? ack.progress() : progress,
                        ack.message().or(() -> ack.state().isFinal() ? Optional.empty() : message),
                        ack.result().or(() -> result),
                        requestedAt,
                        stepsAfter(new Step(ack.state(), at, ack.message())))
                : this;
    }

    /** This execution after the backend concluded EXPIRED or TIMEOUT from silence past the deadline. */
    public CommandExecution overdue(Instant at) {
        if (state.isFinal()) {
            return this;
        }
        boolean begun = state != CommandState.REQUESTED;
        CommandState concluded = begun ? CommandState.TIMEOUT : CommandState.EXPIRED;
        Optional<String> why = Optional.of(
                begun
                        ? "the robot accepted the command and was silent past the deadline"
                        : "the robot did not answer before the deadline");
        return new CommandExecution(
                robotId,
                command,
                concluded,
                progress,
                why,
                result,
                requestedAt,
                stepsAfter(new Step(concluded, at, why)));
    }

    public Instant updatedAt() {
        return steps.get(steps.size() - 1).at();
    }

    private List<Step> stepsAfter(Step step) {
        List<Step> all = new ArrayList<>(steps);
        if (all.size() == KEPT_STEPS) {
            all.remove(1);
        }
        all.add(step);
        return List.copyOf(all);
    }
}
