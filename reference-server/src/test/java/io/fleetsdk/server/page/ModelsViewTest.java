package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import io.fleetsdk.server.PublishedModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The models, their versions and where they came from. */
class ModelsViewTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String SIDE = "#models .job-side";
    private static final Pattern CHANGES = Pattern.compile("(?s).*(Retire|Point here).*");

    private static PublishedModels models;

    @BeforeAll
    static void someModels() {
        models = PublishedModels.of(pages.fleet());
        for (long version = 1; version <= 3; version++) {
            models.signed("walker", version, facts(1.0 / version, version));
        }
        models.unsigned("walker", 4);
        models.signed("arm", 1, ModelFacts.builder().embodiments("SO-101").build());
        pages.fleet().models().point("champion", new ModelRef("walker", 2), AliasGuard.any(), "test", "first");
    }

    private static ModelFacts facts(double loss, long reward) {
        TensorInfo obs = new TensorInfo(
                "obs", "float32", Optional.of(List.of(TensorDimension.named("batch"), TensorDimension.of(48))));
        return ModelFacts.builder()
                .inputs(List.of(obs))
                .embodiments("unitree-g1")
                .metrics(Map.of("loss", loss, "reward", (double) reward))
                .trainingJob(new JobRef("training", JobId.of("run-" + reward)))
                .dataset("<i>walks</i>@" + reward)
                .description("walks & turns")
                .build();
    }

    @Test
    void modelsAreListedAndSoughtFor() {
        OpenPage page = pages.open();
        page.goToModels("");
        page.awaitText("tr[data-model=walker]", "4 versions");
        assertThat(page.text("tr[data-model=walker]")).contains("champion → 2", "unitree-g1", "Staged");
        page.type("/");
        page.type("so-101");
        soon().until(() -> !page.shows("tr[data-model=walker]"));
        assertThat(page.shows("tr[data-model=arm]")).isTrue();
        page.type(Keys.chord(Keys.CONTROL, "a"), "nothing of this");
        page.awaitText("#models .empty", "No model matches this filter.");
    }

    @Test
    void metricsArePlottedFromVersionToVersion() {
        OpenPage page = pages.open();
        page.goToModels("/walker");
        page.awaitText(SIDE + " .plots", "loss");
        soon().until(() -> page.find(SIDE + " .plots canvas").getSize().getHeight() > 50);
        soon().until(() -> String.valueOf(page.find(SIDE + " .plots canvas").getDomAttribute("aria-label"))
                .equals("loss: 0.3333 in version 3"));
        assertThat(page.all(SIDE + " .plots figure")).hasSize(2);
        assertThat(page.all(SIDE + " tr[data-version]")).hasSize(4);
        assertThat(page.text(SIDE + " tr[data-version='2']")).contains("champion", "Ready", "<i>walks</i>@2");
    }

    @Test
    void aVersionTellsWhereItCameFrom() {
        OpenPage page = pages.open();
        page.goToModels("/walker/3");
        page.awaitText(SIDE, "training/run-3");
        assertThat(page.text(SIDE))
                .contains("walks & turns", "<i>walks</i>@3", "obs: float32[batch, 48]", "sha256:", "1000 bytes")
                .contains(models.signer().key());
        assertThat(page.find(SIDE + " a[href='#/jobs/training/run-3']").isDisplayed())
                .isTrue();
    }

    @Test
    void anAliasIsPointedAtAVersion() {
        OpenPage page = pages.open();
        page.goToModels("/walker/1");
        page.awaitText(SIDE, "Point here");
        page.fill(SIDE, "Alias", "canary");
        page.fill(SIDE, "Reason", "to be tried");
        page.press(SIDE, "Point here");
        page.awaitShown(SIDE + " [data-alias=canary]");
        assertThat(pages.fleet()
                        .models()
                        .alias("walker", "canary")
                        .orElseThrow()
                        .reason())
                .isEqualTo("to be tried");
        page.awaitText("tr[data-model=walker]", "canary → 1");
    }

    @Test
    void anAdministratorRetiresAVersion() {
        models.signed("old", 1, ModelFacts.builder().build());
        OpenPage page = pages.open(PageExtension.ADMIN);
        page.goToModels("/old/1");
        page.press(SIDE, "Retire…");
        page.press("dialog", "Retire");
        page.awaitText(SIDE, "Retired by ada");
        assertThat(pages.fleet()
                        .models()
                        .find(new ModelRef("old", 1))
                        .orElseThrow()
                        .state())
                .isEqualTo(ModelState.RETIRED);
    }

    @Test
    void aViewerSeesEverythingAndCanChangeNothing() {
        OpenPage page = pages.open(PageExtension.VIEWER);
        for (String place : new String[] {"", "/walker", "/walker/3"}) {
            page.goToModels(place);
            page.awaitShown("tr[data-model=walker]");
            assertThat(page.all("#models button"))
                    .as(place)
                    .noneMatch(button -> button.isDisplayed()
                            && CHANGES.matcher(button.getText()).matches());
        }
        page.awaitText(SIDE, "training/run-3");
    }

    @Test
    void theWayFromTableToVersionAndBackNeedsNoMouse() {
        OpenPage page = pages.open();
        page.goToModels("");
        page.awaitShown("tr[data-model=walker]");
        page.tabTo("tr[data-model=walker]");
        page.type(Keys.ENTER);
        page.awaitShown(SIDE + " tr[data-version='3']");
        page.tabTo(SIDE + " tr[data-version='3']");
        page.type(Keys.ENTER);
        page.awaitText(SIDE + " h2", "walker:3");
        page.type(Keys.ESCAPE);
        soon().until(() -> !page.shows(SIDE));
        soon().until(() -> page.run("return document.activeElement.tagName").equals("A"));
    }

    @Test
    void aNarrowWindowHasNoSidewaysScrolling() {
        OpenPage page = pages.open();
        page.narrow(380);
        try {
            for (String place : new String[] {"", "/walker", "/walker/3"}) {
                page.goToModels(place);
                page.awaitShown("#models");
                page.awaitText("#models", "walker");
                assertThat(page.run("return document.documentElement.scrollWidth - innerWidth"))
                        .as(place)
                        .isEqualTo(0L);
            }
        } finally {
            page.narrow(1440);
        }
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        pages.expectOnConsole("404");
        OpenPage page = pages.open();
        page.goToModels("/nobody");
        page.awaitText(SIDE, "There is no such model.");
        page.goToModels("/walker/99");
        page.awaitText(SIDE, "There is no such version.");
    }
}
