package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One job from the form to its end, and what can be done about it. */
class JobPanelTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String QUEUE = "bench";
    private static final String FORM = "form[data-form=job]";
    private static final String SIDE = ".job-side";
    private static final String STATE = SIDE + " [data-role=state]";

    private Workshop workshop;
    private OpenPage page;

    @BeforeEach
    void openTheJobs() {
        workshop = Workshop.open(pages.fleet(), QUEUE);
        page = pages.open();
    }

    @AfterEach
    void closeTheWorkshop() {
        workshop.close();
    }

    @Test
    void aJobSubmittedWithTheFormIsDone() {
        workshop.letGo(1);
        page.goToJobs("/submit");
        page.fill(FORM, "Type", "steps");
        page.fill(FORM, "Input (JSON)", "{\"steps\": 1, \"note\": \"<img src=x>\"}");
        page.fill(FORM, "Id", "by-form");
        page.fill(FORM, "Tenant", "acme");
        page.press(FORM, "Submit");
        page.awaitText(STATE, "Succeeded");
        assertThat(page.url()).endsWith("#/jobs/bench/by-form");
        page.awaitText(SIDE, "\"done\": 1");
        assertThat(page.text(SIDE)).contains("\"note\": \"<img src=x>\"", "acme", workshop.worker(), "waited");
        assertThat(page.all("main img")).isEmpty();
    }

    @Test
    void whatTheServerRefusesIsShownAtItsField() {
        pages.expectOnConsole("400");
        page.goToJobs("/submit");
        page.fill(FORM, "Type", "steps");
        page.fill(FORM, "Id", "too-late");
        page.fill(FORM, "Delay", "40000000");
        page.press(FORM, "Submit");
        page.awaitText(FORM + " .delay .fault", "delay must be");
        assertThat(page.control(FORM, "Delay").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(workshop.queue().job(JobId.of("too-late"))).isEmpty();
    }

    @Test
    void anInputThatIsNoJsonIsNotSent() {
        page.goToJobs("/submit");
        page.fill(FORM, "Type", "steps");
        page.fill(FORM, "Id", "no-json");
        page.fill(FORM, "Input (JSON)", "{steps");
        page.press(FORM, "Submit");
        assertThat(page.control(FORM, "Input (JSON)").getDomProperty("validationMessage"))
                .contains("JSON");
        assertThat(workshop.queue().job(JobId.of("no-json"))).isEmpty();
    }

    @Test
    void aRunningJobShowsItsProgressAndCanBeCancelled() {
        workshop.submit("cancelled", 9);
        page.goToJobs("/bench/cancelled");
        page.awaitText(STATE, "Running");
        page.awaitText(SIDE, "<b>0</b> of 9");
        page.press(SIDE, "Cancel job");
        page.awaitText(STATE, "Cancelled");
        soon().until(() -> page.all(SIDE + " button").stream()
                .noneMatch(button -> button.getText().equals("Cancel job")));
        soon().until(() -> state("cancelled") == JobState.CANCELLED);
    }

    @Test
    void aFailedJobSaysWhyAndIsTriedAgain() {
        workshop.submitFragile("mended");
        page.goToJobs("/bench/mended");
        page.awaitText(STATE, "Failed");
        page.awaitText(SIDE + " .attempts", "the gripper is <i>broken</i>");
        workshop.mend();
        page.press(SIDE, "Retry");
        page.awaitText(STATE, "Succeeded");
        page.awaitText(SIDE + " .attempts", "2");
        page.awaitText(SIDE, "\"attempt\": 2");
        assertThat(page.shows(SIDE + " .note.bad")).isFalse();
    }

    @Test
    void aFlowIsATreeThatLeadsToEachOfItsJobs() {
        workshop.queue()
                .submit(JobFlow.of(Workshop.STEPS, JsonObject.of("steps", 1), id("whole"))
                        .after(QUEUE, JobFlow.of(Workshop.STEPS, JsonObject.of("steps", 2), id("part-a")))
                        .after(QUEUE, JobFlow.of(Workshop.STEPS, JsonObject.of("steps", 2), id("part-b"))));
        page.goToJobs("/bench/whole");
        page.awaitText(STATE, "Blocked");
        page.awaitText(tree("part-a"), "Running");
        page.click(tree("part-a"));
        page.awaitText(SIDE + " h2", "part-a");
        page.awaitText(tree("whole"), "Blocked");
        workshop.letGo(4);
        page.awaitText(tree("part-b"), "Succeeded");
        page.awaitText(tree("whole"), "Running");
        workshop.letGo(1);
        page.awaitText(tree("whole"), "Succeeded");
    }

    @Test
    void aJobOfWhichNothingIsKeptIsSaidToBeUnknown() {
        pages.expectOnConsole("404");
        page.goToJobs("/bench/nobody");
        page.awaitText(SIDE, "Nothing of this job is kept.");
    }

    private JobState state(String id) {
        return workshop.queue().job(JobId.of(id)).orElseThrow().state();
    }

    private static JobOptions id(String id) {
        return JobOptions.builder().id(id).build();
    }

    private static String tree(String id) {
        return "[data-tree='bench/" + id + "']";
    }
}
