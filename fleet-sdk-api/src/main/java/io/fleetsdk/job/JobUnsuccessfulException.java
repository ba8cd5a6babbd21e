package io.fleetsdk.job;

import io.fleetsdk.FleetException;

/** A result was asked of a job that has none, for it ended in another way. Doing it again needs a new job, or a retry. */
public final class JobUnsuccessfulException extends FleetException {
    private static final long serialVersionUID = 1L;

    private final transient JobOutcome<?> outcome;

    public JobUnsuccessfulException(JobOutcome<?> outcome) {
        super("the job has no result: " + outcome, null);
        this.outcome = outcome;
    }

    public JobOutcome<?> outcome() {
        return outcome;
    }
}
