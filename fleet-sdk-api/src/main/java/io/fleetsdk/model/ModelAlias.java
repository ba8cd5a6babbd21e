package io.fleetsdk.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A name such as {@code champion} that points at one version of a model, after one of its moves.
 *
 * @param name a token that is not a number
 * @param version where it points; empty after it was cleared
 * @param previous where it pointed before
 * @param move 1 for the first; each later one is one more
 * @param movedBy who moved it, a label
 * @param reason a label
 */
public record ModelAlias(
        String model,
        String name,
        OptionalLong version,
        OptionalLong previous,
        long move,
        Instant movedAt,
        String movedBy,
        String reason) {
    public ModelAlias {
        model = Require.token("model", model);
        name = requireName(name);
        version = version == null ? OptionalLong.empty() : version;
        previous = previous == null ? OptionalLong.empty() : previous;
        Require.within("move", move, 1, Long.MAX_VALUE);
        movedAt = Require.present("movedAt", movedAt);
        movedBy = Require.label("movedBy", movedBy);
        reason = Require.label("reason", reason);
    }

    /**
     * @throws InvalidInputException if it is no token, or could be taken for a version
     */
    public static String requireName(String name) {
        String token = Require.token("alias", name);
        if (token.chars().allMatch(Character::isDigit)) {
            throw new InvalidInputException("alias", name, "must not be a number: versions are numbers");
        }
        return token;
    }
}
