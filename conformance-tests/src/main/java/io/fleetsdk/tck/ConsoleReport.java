package io.fleetsdk.tck;

import java.io.PrintWriter;
import java.util.Locale;

/** The report for people: a line for each rule, and what to do about those that failed. */
final class ConsoleReport {
    private ConsoleReport() {}

    static void write(ConformanceReport report, PrintWriter out) {
        out.printf(
                "Robot %s at %s, profile %s%n%n",
                report.agent().robot(),
                report.agent().server(),
                report.profile().name().toLowerCase(Locale.ROOT));
        report.results().forEach(result -> write(result, out));
        out.printf(
                "%n%s%n%s: %s%n",
                report.counts().entrySet().stream()
                        .map(count -> count.getValue() + " " + word(count.getKey()))
                        .reduce((left, right) -> left + ", " + right)
                        .orElse(""),
                report.agent().robot(),
                report.isConformant() ? "conformant" : "NOT conformant");
        out.flush();
    }

    private static void write(RuleResult result, PrintWriter out) {
        out.printf(
                "%-9s %-10s %s%n",
                label(result), result.rule().id(), result.rule().sentence());
        if (!result.reason().isEmpty()) {
            out.printf("%20s  %s%n", "", result.reason());
        }
        if (result.verdict() == Verdict.FAILED) {
            out.printf("%20s  If this fails, check %s.%n", "", result.ifThisFails());
        }
    }

    private static String label(RuleResult result) {
        String word = result.verdict() == Verdict.FAILED ? "FAILED" : word(result.verdict());
        if (result.known() == RuleResult.Expectation.TO_PASS) {
            return word;
        }
        return result.isUnexpected() ? "UNEXPECTEDLY " + word : word + " (known)";
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
