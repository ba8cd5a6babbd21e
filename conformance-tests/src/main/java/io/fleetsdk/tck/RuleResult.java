package io.fleetsdk.tck;

/**
 * A rule and what the run has to say about it.
 *
 * @param reason why it failed, was skipped or stays untested; empty for a pass
 * @param ifThisFails where an implementer looks first when it fails; empty where it stays untested
 * @param known whether it was expected to fail
 */
public record RuleResult(Rule rule, Verdict verdict, String reason, String ifThisFails, Expectation known) {
    /** What a list of known failures says about a rule. */
    public enum Expectation {
        TO_PASS,
        TO_FAIL
    }

    /** Whether this makes the run fail: a failure that is not known, or a pass of what is known to fail. */
    public boolean isUnexpected() {
        return known == Expectation.TO_FAIL ? verdict == Verdict.PASSED : verdict == Verdict.FAILED;
    }
}
