package io.fleetsdk;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time: the call may have taken effect or not. Read the state before trying again, or repeat with the
 * same id, which is de-duplicated.
 */
public final class UnknownOutcomeException extends FleetException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
