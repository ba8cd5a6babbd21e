package io.fleetsdk.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.server.PublishedModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What axe finds of the rules of WCAG, levels A and AA, in every view. */
class AccessibilityTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final List<String> PANELS = List.of("telemetry", "settings", "commands", "about");
    private static final List<String> PLACES =
            List.of("", "/dead-letters", "/schedules", "/schedules/new", "/submit", "/queues/bench", "/bench/seen");
    private static final String VIOLATIONS = """
            return (async () => { const found = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
            return found.violations.flatMap(rule => rule.nodes.map(node => rule.id + " " + node.target.join(" "))); })();
            """;

    private static Workshop workshop;

    @BeforeAll
    static void somethingIsToBeSeen() {
        pages.robot("RB-001");
        workshop = Workshop.open(pages.fleet(), "bench");
        workshop.submit("seen", 4);
        PublishedModels models = PublishedModels.of(pages.fleet());
        models.signed(
                "seen", 1, ModelFacts.builder().metrics(Map.of("loss", 0.5)).build());
        models.unsigned("seen", 2);
    }

    @AfterAll
    static void theWorkerGoes() {
        workshop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void noViewBreaksARule(String scheme) throws IOException {
        OpenPage page = pages.open();
        page.prefer(scheme);
        page.awaitText("tr[data-id='RB-001']", "Online");
        page.run(axe() + "; return true");
        assertThat(page.run(VIOLATIONS)).as("fleet").isEqualTo(List.of());
        for (String panel : PANELS) {
            page.goTo("RB-001", panel);
            assertThat(page.run(VIOLATIONS)).as(panel).isEqualTo(List.of());
        }
        for (String place : PLACES) {
            page.goToJobs(place);
            assertThat(page.run(VIOLATIONS)).as("jobs" + place).isEqualTo(List.of());
        }
        for (String place : List.of("", "/seen", "/seen/1", "/seen/2")) {
            page.goToModels(place);
            page.awaitText("#models", "seen");
            assertThat(page.run(VIOLATIONS)).as("models" + place).isEqualTo(List.of());
        }
        page.goToTraining("");
        page.awaitText("#training", "Nothing has been trained yet.");
        assertThat(page.run(VIOLATIONS)).as("training").isEqualTo(List.of());
    }

    private static String axe() throws IOException {
        try (InputStream script = AccessibilityTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
