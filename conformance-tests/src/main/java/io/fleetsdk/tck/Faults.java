package io.fleetsdk.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is wrong, by the rule it breaks. */
final class Faults {
    private final Map<String, List<String>> byRule = new TreeMap<>();

    /** Judges these rules: without a fault they pass. */
    Faults(Set<String> ruleIds) {
        ruleIds.forEach(ruleId -> byRule.put(ruleId, new ArrayList<>()));
    }

    void add(String ruleId, String fault, Heard message) {
        byRule.computeIfAbsent(ruleId, id -> new ArrayList<>()).add(fault + ", in " + message);
    }

    void judge(Verdicts verdicts) {
        byRule.forEach(verdicts::judged);
    }
}
