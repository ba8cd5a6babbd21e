package io.fleetsdk.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs. */
final class JsonReport {
    static final String FILE = "conformance.json";

    private JsonReport() {}

    static void write(ConformanceReport report, Path directory) throws IOException {
        ObjectNode json = HubMessage.object();
        json.put("robotId", report.agent().robot().value());
        json.put("profile", lower(report.profile().name()));
        json.put("at", report.at().toString());
        json.put("conformant", report.isConformant());
        ObjectNode counts = json.putObject("counts");
        report.counts().forEach((verdict, count) -> counts.put(lower(verdict.name()), count));
        report.results().forEach(result -> json.withArray("rules").add(rule(result)));
        Files.writeString(
                directory.resolve(FILE),
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private static ObjectNode rule(RuleResult result) {
        ObjectNode json = HubMessage.object();
        json.put("id", result.rule().id());
        json.put("sentence", result.rule().sentence());
        json.put("verdict", lower(result.verdict().name()));
        if (!result.reason().isEmpty()) {
            json.put("reason", result.reason());
        }
        if (result.verdict() == Verdict.FAILED) {
            json.put("ifThisFails", "check " + result.ifThisFails());
        }
        if (result.known() == RuleResult.Expectation.TO_FAIL) {
            json.put("knownFailing", true);
        }
        return json;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
