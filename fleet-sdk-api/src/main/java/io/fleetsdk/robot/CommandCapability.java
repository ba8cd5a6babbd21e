package io.fleetsdk.robot;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.Optional;

/**
 * A command a robot can carry out.
 *
 * @param type the command's type: one token
 * @param description for people
 * @param parameters a JSON Schema (2020-12) of the command's payload; empty means anything
 * @param cancellable whether a running command can be stopped half-way
 */
public record CommandCapability(String type, Optional<String> description, JsonObject parameters, boolean cancellable) {
    public CommandCapability {
        type = Require.token("commands.type", type);
        description = Require.orEmpty(description);
        parameters = parameters == null ? JsonObject.empty() : parameters;
    }
}
