package io.fleetsdk.job;

import io.fleetsdk.FleetException;

/** The attempt was told to stop. A handler lets it through; the worker says why it ended. */
public final class JobCancelledException extends FleetException {
    private static final long serialVersionUID = 1L;

    public JobCancelledException(String message) {
        super(message, null);
    }
}
