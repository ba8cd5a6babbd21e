package io.fleetsdk.tck;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run has found.
 *
 * @param at when it ended
 * @param results one for each rule of the profile, in the order of the document
 */
public record ConformanceReport(Profile profile, AgentUnderTest agent, Instant at, List<RuleResult> results) {
    public ConformanceReport {
        results = List.copyOf(results);
    }

    /** Whether every rule that could be judged was kept, save those known to fail. */
    public boolean isConformant() {
        return results.stream().noneMatch(RuleResult::isUnexpected);
    }

    /** How many rules have each verdict. */
    public Map<Verdict, Long> counts() {
        Map<Verdict, Long> counts = new TreeMap<>();
        Arrays.stream(Verdict.values()).forEach(verdict -> counts.put(verdict, 0L));
        counts.putAll(results.stream().collect(Collectors.groupingBy(RuleResult::verdict, Collectors.counting())));
        return counts;
    }

    /** The results with the verdict. */
    public List<RuleResult> with(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).toList();
    }
}
