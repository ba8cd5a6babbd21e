package io.fleetsdk.server.rest;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.Priority;
import io.fleetsdk.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** A command and what became of it at one robot. */
public record CommandDto(
        UUID commandId,
        String robotId,
        String commandType,
        JsonObject payload,
        Priority priority,
        CommandState state,
        OptionalDouble progress,
        Optional<String> message,
        Optional<JsonObject> result,
        Optional<String> requestedBy,
        Instant requestedAt,
        Optional<Instant> deadline,
        Instant updatedAt,
        List<CommandExecution.Step> steps) {
    public static CommandDto of(CommandExecution execution) {
        Command command = execution.command();
        return new CommandDto(
                command.commandId(),
                execution.robotId().value(),
                command.type(),
                command.payload(),
                command.priority(),
                execution.state(),
                execution.progress(),
                execution.message(),
                execution.result(),
                command.requestedBy(),
                execution.requestedAt(),
                command.deadline(),
                execution.updatedAt(),
                execution.steps());
    }
}
