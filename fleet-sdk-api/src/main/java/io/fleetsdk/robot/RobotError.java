package io.fleetsdk.robot;

import io.fleetsdk.internal.Require;
import java.util.Optional;

/**
 * Something wrong with a robot.
 *
 * @param type one token, such as {@code motor_overheat}
 * @param severity how bad
 * @param description for people
 * @param hint what to do about it
 */
public record RobotError(String type, Severity severity, String description, Optional<String> hint) {
    /** How bad an error is (VDA 5050 3.0). */
    public enum Severity {
        /** Goes on; attention at leisure. */
        WARNING,
        /** Goes on; attention now. */
        URGENT,
        /** Has to stop what it does; can go on after it is solved. */
        CRITICAL,
        /** Out of service. */
        FATAL
    }

    public RobotError {
        type = Require.token("errors.type", type);
        severity = Require.present("errors.severity", severity);
        description = Require.text("errors.description", description, 4096);
        hint = Require.orEmpty(hint);
    }
}
