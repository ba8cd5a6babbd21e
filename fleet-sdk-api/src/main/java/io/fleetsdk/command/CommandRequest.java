package io.fleetsdk.command;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What to ask of a robot.
 *
 * @param commandId the caller's id, for de-duplication across its own retries; random where empty
 * @param timeToLive from sending to the deadline, 1 s to 24 h; default 10 min
 */
public record CommandRequest(
        Optional<UUID> commandId,
        String type,
        JsonObject payload,
        Priority priority,
        Duration timeToLive,
        Optional<String> requestedBy) {
    private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public CommandRequest {
        type = Require.token("type", type);
        if (timeToLive.compareTo(SHORTEST) < 0 || timeToLive.compareTo(LONGEST) > 0) {
            throw new InvalidInputException("timeToLive", timeToLive, "must be from 1 s to 24 h");
        }
    }

    public static CommandRequest of(String type) {
        return of(type, JsonObject.empty());
    }

    public static CommandRequest of(String type, JsonObject payload) {
        return new CommandRequest(
                Optional.empty(), type, payload, Priority.NORMAL, DEFAULT_TIME_TO_LIVE, Optional.empty());
    }

    public CommandRequest withCommandId(UUID id) {
        return new CommandRequest(Optional.of(id), type, payload, priority, timeToLive, requestedBy);
    }

    public CommandRequest withPriority(Priority urgency) {
        return new CommandRequest(commandId, type, payload, urgency, timeToLive, requestedBy);
    }

    public CommandRequest withTimeToLive(Duration duration) {
        return new CommandRequest(commandId, type, payload, priority, duration, requestedBy);
    }

    public CommandRequest requestedBy(String who) {
        return new CommandRequest(commandId, type, payload, priority, timeToLive, Optional.of(who));
    }

    /** The command as sent at this moment. */
    public Command sentAt(Instant now) {
        return new Command(
                commandId.orElseGet(UUID::randomUUID),
                type,
                payload,
                priority,
                Optional.of(now.plus(timeToLive)),
                requestedBy);
    }
}
