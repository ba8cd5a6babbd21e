package io.fleetsdk.job;

/** Where a worker stands; also what it can be ordered to be from outside. */
public enum WorkerState {
    /** Takes jobs. */
    RUNNING,
    /** Takes no more; finishes what it has. Can be RUNNING again. */
    QUIET,
    /** Told to end: takes no more, and hands back what is not done within its limit. */
    TERMINATING,
    STOPPED
}
