package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.WorkerState;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The queues and their jobs, as they go. */
class JobsViewTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String QUEUE = "bench";
    private static final String CARD = "[data-queue=bench]";
    private static final String SIDE = ".job-side";
    private static final Pattern CHANGES =
            Pattern.compile("(?s).*(Pause|Resume|Submit|Cancel|Retry|Purge|New schedule|Run|Quiet|Terminate|Save).*");

    private static Workshop workshop;

    @BeforeAll
    static void aWorkerWaits() {
        workshop = Workshop.open(pages.fleet(), QUEUE);
    }

    @AfterAll
    static void theWorkerGoes() {
        workshop.close();
    }

    @Test
    void aJobMovesThroughTheTableToItsEnd() {
        OpenPage page = pages.open();
        page.goToJobs("");
        workshop.submit("moves", 4);
        page.awaitText(row("moves"), "Running");
        workshop.letGo(1);
        page.awaitText(row("moves"), "25 %");
        assertThat(page.text(row("moves"))).contains("<b>1</b> of 4", "steps", QUEUE);
        workshop.letGo(3);
        page.awaitText(row("moves"), "Succeeded");
        soon().until(() -> !page.shows(row("moves") + " progress"));
        page.awaitText(CARD + " [data-count=active]", "0");
    }

    @Test
    void theFilterLeavesTheJobsSoughtFor() {
        ended("sought");
        ended("other");
        OpenPage page = pages.open();
        page.goToJobs("");
        page.awaitShown(row("other"));
        page.type("/");
        page.type("sough");
        soon().until(() -> !page.shows(row("other")));
        page.awaitShown(row("sought"));
        page.press("#jobs", "Clear");
        page.awaitShown(row("other"));
        page.choose("#jobs", "Filter by state", "Failed");
        page.awaitText("#jobs .empty", "No job matches this filter.");
        page.choose("#jobs", "Filter by state", "Succeeded");
        page.awaitShown(row("other"));
    }

    @Test
    void aPausedQueueStartsNothingUntilItIsResumed() {
        OpenPage page = pages.open();
        page.goToJobs("");
        page.press(CARD, "Pause");
        page.awaitText(CARD + " [data-role=queue-state]", "Paused");
        assertThat(workshop.queue().figures().paused()).isTrue();
        workshop.submit("held", 1);
        page.awaitText(row("held"), "Waiting");
        page.awaitText(CARD, "1 normal");
        page.press(CARD, "Resume");
        page.awaitText(CARD + " [data-role=queue-state]", "Running");
        workshop.letGo(1);
        page.awaitText(row("held"), "Succeeded");
    }

    @Test
    void aQueueShowsItsWorkersAndTakesLimits() {
        OpenPage page = pages.open(PageExtension.ADMIN);
        page.goToJobs("/queues/" + QUEUE);
        String worker = "[data-worker=" + workshop.worker() + "]";
        page.awaitText(worker, "0 of 4 at work");
        assertThat(page.text(worker)).contains("fragile, steps");
        page.press(worker, "Quiet");
        soon().until(() -> workshop.queue().workers().get(0).state() == WorkerState.QUIET);
        page.awaitText(worker, "Quiet");
        page.press(worker, "Run");
        soon().until(() -> workshop.queue().workers().get(0).state() == WorkerState.RUNNING);
        page.click(SIDE + " summary");
        page.fill(SIDE, "Jobs at once", "3");
        page.fill(SIDE, "Jobs started", "600");
        page.press(SIDE, "Save limits");
        page.awaitText(SIDE, "at most 3 at once, 600 per min");
        assertThat(workshop.queue().limits().concurrency()).hasValue(3);
        workshop.queue().limit(QueueLimits.none());
        page.awaitText(SIDE + " .plots", "Finished");
        soon().until(() -> page.find(SIDE + " .plots canvas").getSize().getHeight() > 50);
    }

    @Test
    void theWayFromTableToJobAndBackNeedsNoMouse() {
        ended("by-keys");
        OpenPage page = pages.open();
        page.goToJobs("");
        page.awaitShown(row("by-keys"));
        page.tabTo("#jobs-table tbody tr");
        page.type(Keys.END, Keys.HOME, Keys.ENTER);
        page.awaitText(SIDE + " h2", "");
        soon().until(() -> page.run("return document.activeElement.tagName").equals("H2"));
        page.type(Keys.ESCAPE);
        soon().until(() -> !page.shows(SIDE));
        soon().until(() -> page.run("return document.activeElement.tagName").equals("TR"));
    }

    @Test
    void aViewerSeesEverythingAndCanChangeNothing() {
        ended("watched");
        OpenPage page = pages.open(PageExtension.VIEWER);
        String job = "/" + QUEUE + "/watched";
        for (String place : new String[] {"", "/dead-letters", "/schedules", "/queues/" + QUEUE, "/submit", job}) {
            page.goToJobs(place);
            page.awaitShown(CARD);
            assertThat(page.all("#jobs button, #jobs .button"))
                    .as(place)
                    .noneMatch(button -> button.isDisplayed()
                            && CHANGES.matcher(button.getText()).matches());
        }
        page.awaitText(SIDE, "Succeeded");
    }

    @Test
    void aNarrowWindowHasNoSidewaysScrolling() {
        ended("narrow");
        OpenPage page = pages.open();
        page.narrow(380);
        try {
            for (String place :
                    new String[] {"", "/dead-letters", "/schedules/new", "/queues/" + QUEUE, "/bench/narrow"}) {
                page.goToJobs(place);
                page.awaitShown("#jobs");
                assertThat(page.run("return document.documentElement.scrollWidth - innerWidth"))
                        .as(place)
                        .isEqualTo(0L);
            }
            assertThat(page.shows("#fleet-stop")).isTrue();
        } finally {
            page.narrow(1440);
        }
    }

    @Test
    void whatIsSaidAgainAndAgainLeavesTheTableSmall() {
        OpenPage page = pages.open();
        page.goToJobs("");
        page.awaitShown(CARD);
        page.run("window.rows = 0; new MutationObserver(() => { window.rows = Math.max(window.rows,"
                + " document.querySelectorAll('#jobs-table tbody tr').length); })"
                + ".observe(document.querySelector('#jobs-table tbody'), {childList: true}); return true");
        for (int i = 0; i < 150; i++) {
            workshop.submit("many-" + i, 1);
        }
        workshop.letGo(150);
        page.awaitText(row("many-149"), "Succeeded");
        page.awaitText("#jobs .pager", "1 to 100");
        assertThat((Long) page.run("return window.rows")).isBetween(1L, 100L);
        page.press("#jobs .pager", "Older");
        page.awaitText("#jobs .pager", "101 to");
    }

    /** A job that has ended before the page looks. */
    private static void ended(String id) {
        workshop.submit(id, 1);
        workshop.letGo(1);
        soon().until(() -> workshop.queue()
                .job(JobId.of(id))
                .filter(job -> job.state() == JobState.SUCCEEDED)
                .isPresent());
    }

    private static String row(String id) {
        return "tr[data-job='" + QUEUE + "/" + id + "']";
    }
}
