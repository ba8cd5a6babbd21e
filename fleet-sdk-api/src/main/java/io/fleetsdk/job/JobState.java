package io.fleetsdk.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job stands. The steps that exist are those of {@link #canBecome}; there are no others. A watcher may see steps skipped:
 * a job that ends within moments is recorded once, at its end.
 */
public enum JobState {
    /** Ready; the next free worker takes it. */
    WAITING,
    /** Its time has not come. */
    DELAYED,
    /** Waits for its children, or for the active job with the same key. */
    BLOCKED,
    /** With a worker. */
    RUNNING,
    /** An attempt failed; the next one has a time. */
    RETRYING,
    SUCCEEDED,
    /** Given up; it is in the dead letters. */
    FAILED,
    CANCELLED,
    /** Never ran: a newer one with the same key took its place. */
    DISCARDED,
    /** Its deadline came first. */
    EXPIRED;

    /** Whether this is an end. Of the ends only {@link #FAILED} can be left, by a retry from the dead letters. */
    public boolean isFinal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }

    /** Whether there is a step from this state to the other. */
    public boolean canBecome(JobState next) {
        return steps().contains(next);
    }

    private Set<JobState> steps() {
        return switch (this) {
            case WAITING -> EnumSet.of(RUNNING, FAILED, CANCELLED, DISCARDED, EXPIRED);
            case DELAYED -> EnumSet.of(WAITING, CANCELLED, DISCARDED, EXPIRED);
            case BLOCKED -> EnumSet.of(WAITING, FAILED, CANCELLED, DISCARDED, EXPIRED);
            case RUNNING -> EnumSet.of(RUNNING, WAITING, RETRYING, SUCCEEDED, FAILED, CANCELLED, EXPIRED);
            case RETRYING -> EnumSet.of(WAITING, CANCELLED, EXPIRED);
            case FAILED -> EnumSet.of(WAITING);
            case SUCCEEDED, CANCELLED, DISCARDED, EXPIRED -> EnumSet.noneOf(JobState.class);
        };
    }
}
