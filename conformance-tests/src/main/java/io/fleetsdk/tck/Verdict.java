package io.fleetsdk.tck;

/** What a run has to say about a rule. */
public enum Verdict {
    PASSED,
    FAILED,
    /** Could not be judged with this robot this time; the reason says what was missing. */
    SKIPPED,
    /** This profile does not judge it; the reason says why. */
    UNTESTED
}
