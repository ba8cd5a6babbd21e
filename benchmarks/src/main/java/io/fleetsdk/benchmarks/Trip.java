package io.fleetsdk.benchmarks;

/** Something that goes there and comes back. */
interface Trip {
    /** Returns when it is back. */
    void run() throws Exception;
}
