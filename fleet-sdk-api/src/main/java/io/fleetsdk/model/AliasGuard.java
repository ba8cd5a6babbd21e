package io.fleetsdk.model;

import java.util.OptionalLong;

/**
 * Which move of an alias a further move builds on.
 *
 * @param move the number of the move that must be the last, or empty for whichever is
 */
public record AliasGuard(OptionalLong move) {
    /** Moves it from wherever it points; concurrent moves come one after the other. */
    public static AliasGuard any() {
        return new AliasGuard(OptionalLong.empty());
    }

    /** Moves it only if this move was the last; 0 means that it was never set. */
    public static AliasGuard move(long expected) {
        return new AliasGuard(OptionalLong.of(expected));
    }
}
