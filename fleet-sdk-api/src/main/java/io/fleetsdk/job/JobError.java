package io.fleetsdk.job;

import io.fleetsdk.internal.Require;

/**
 * Why an attempt failed.
 *
 * @param name what kind, such as {@code java.io.IOException}, {@code timeout.start-to-close} or {@code malformed.input}
 * @param message for people; at most 2,000 characters, longer ones are cut
 */
public record JobError(String name, String message) {
    private static final int LONGEST = 2_000;

    public JobError {
        name = Require.present("name", name);
        String text = Require.present("message", message);
        message = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** The error that an exception is. */
    public static JobError of(Throwable cause) {
        String message = cause.getMessage();
        return new JobError(cause.getClass().getName(), message == null ? "" : message);
    }
}
