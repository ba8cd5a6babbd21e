package io.fleetsdk.job;

import io.fleetsdk.FleetException;

/** Thrown by a handler: another attempt would fail as well, so the job goes to the dead letters at once. */
public final class NonRetryableException extends FleetException {
    private static final long serialVersionUID = 1L;

    public NonRetryableException(String message) {
        super(message, null);
    }

    public NonRetryableException(String message, Throwable cause) {
        super(message, cause);
    }
}
