package io.fleetsdk.tck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the verifications have found so far. A failure stands; a pass stands against a later skip. */
final class Verdicts {
    private final Map<String, Found> found = new HashMap<>();

    /** A verdict with its reason. */
    record Found(Verdict verdict, String reason) {}

    void passed(String ruleId) {
        put(ruleId, new Found(Verdict.PASSED, ""));
    }

    void failed(String ruleId, String reason) {
        put(ruleId, new Found(Verdict.FAILED, reason));
    }

    void skipped(String ruleId, String reason) {
        put(ruleId, new Found(Verdict.SKIPPED, reason));
    }

    /** Passed without faults, else failed with the first of them. */
    void judged(String ruleId, List<String> faults) {
        if (faults.isEmpty()) {
            passed(ruleId);
        } else {
            String more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)";
            failed(ruleId, faults.get(0) + more);
        }
    }

    /** Every rule of the verification that has no verdict yet is skipped. */
    void skipRest(Verification verification, String reason) {
        verification.rules().keySet().forEach(ruleId -> skipped(ruleId, reason));
    }

    Optional<Found> of(String ruleId) {
        return Optional.ofNullable(found.get(ruleId));
    }

    private void put(String ruleId, Found next) {
        found.merge(ruleId, next, (known, later) -> rank(later) > rank(known) ? later : known);
    }

    private static int rank(Found verdict) {
        return switch (verdict.verdict()) {
            case FAILED -> 2;
            case PASSED -> 1;
            case SKIPPED, UNTESTED -> 0;
        };
    }
}
