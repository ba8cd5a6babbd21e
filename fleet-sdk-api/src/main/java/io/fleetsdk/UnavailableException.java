package io.fleetsdk;

import org.jspecify.annotations.Nullable;

/** The broker cannot be reached or refused for now. Nothing was done; the same call may succeed later. */
public final class UnavailableException extends FleetException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
