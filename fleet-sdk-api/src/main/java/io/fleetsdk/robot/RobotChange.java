package io.fleetsdk.robot;

/**
 * Something about a robot changed.
 *
 * @param kind what changed
 * @param robot all that is known after the change
 */
public record RobotChange(Kind kind, Robot robot) {
    /** What can change. */
    public enum Kind {
        IDENTITY,
        CAPABILITY,
        STATUS,
        PRESENCE,
        METADATA
    }
}
