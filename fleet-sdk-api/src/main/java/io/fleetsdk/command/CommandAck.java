package io.fleetsdk.command;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A robot's word on a command; the envelope's correlation id names the command.
 *
 * @param state any but REQUESTED and TIMEOUT, which only a backend concludes
 * @param progress percent, 0 to 100
 * @param message for people: the reason of a rejection or failure, what is being done
 * @param result any detail, or the result of a completed command
 */
public record CommandAck(
        CommandState state, OptionalDouble progress, Optional<String> message, Optional<JsonObject> result) {
    private static final Set<CommandState> CONCLUDED_BY_BACKEND =
            EnumSet.of(CommandState.REQUESTED, CommandState.TIMEOUT);

    public CommandAck {
        state = Require.present("state", state);
        if (CONCLUDED_BY_BACKEND.contains(state)) {
            throw new InvalidInputException("state", state, "must be a state a robot reports");
        }
        progress = Require.within("progress", progress, 0, 100);
        message = Require.orEmpty(message);
        result = Require.orEmpty(result);
    }

    public static CommandAck of(CommandState state) {
        return new CommandAck(state, OptionalDouble.empty(), Optional.empty(), Optional.empty());
    }

    public static CommandAck progress(double percent) {
        return new CommandAck(CommandState.RUNNING, OptionalDouble.of(percent), Optional.empty(), Optional.empty());
    }

    public CommandAck withMessage(String text) {
        return new CommandAck(state, progress, Optional.of(text), result);
    }

    public CommandAck withResult(JsonObject detail) {
        return new CommandAck(state, progress, message, Optional.of(detail));
    }
}
