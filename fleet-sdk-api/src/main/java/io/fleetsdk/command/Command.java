package io.fleetsdk.command;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One instruction as it travels to a robot.
 *
 * @param commandId the same id with the same content is carried out once, and answered again
 * @param type what to do: one token, one of the robot's capabilities or of {@link CommandTypes}
 * @param payload the parameters, as the capability's schema says
 * @param deadline by when it must have ended; a robot does not begin after it and stops what it has begun
 * @param requestedBy who asked, for the record
 */
public record Command(
        UUID commandId,
        String type,
        JsonObject payload,
        Priority priority,
        Optional<Instant> deadline,
        Optional<String> requestedBy) {
    public Command {
        commandId = Require.present("commandId", commandId);
        type = Require.token("type", type);
        payload = payload == null ? JsonObject.empty() : payload;
        priority = priority == null ? Priority.NORMAL : priority;
        deadline = Require.orEmpty(deadline);
        requestedBy = Require.orEmpty(requestedBy);
    }

    public boolean isExpired(Instant now) {
        return deadline.isPresent() && !now.isBefore(deadline.get());
    }
}
