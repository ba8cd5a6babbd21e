package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobState;
import io.fleetsdk.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters and schedules. */
class JobListsTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String QUEUE = "bench";
    private static final String BERLIN = "Europe/Berlin";
    private static final String SIDE = ".job-side";
    private static final String FORM = "form[data-form=schedule]";
    private static final String NIGHTLY = "tr[data-schedule='bench/nightly']";

    private Workshop workshop;
    private OpenPage page;

    @BeforeEach
    void openTheJobs() {
        workshop = Workshop.open(pages.fleet(), QUEUE);
        page = pages.open();
    }

    @AfterEach
    void tidyUp() {
        workshop.queue().deadLetters().purgeAll();
        workshop.queue()
                .schedules()
                .list()
                .forEach(status ->
                        workshop.queue().schedules().remove(status.schedule().name()));
        workshop.close();
    }

    @Test
    void aDeadLetterShowsTheWholeMessageAndIsRetried() {
        dead("shown");
        page.goToJobs("/dead-letters");
        page.awaitText(letter("shown"), "the gripper is <i>broken</i>");
        assertThat(page.text(letter("shown"))).contains("fragile", "1 attempt");
        page.click(letter("shown"));
        page.awaitText(SIDE, "\"part\": \"gripper\"");
        assertThat(page.text(SIDE)).contains("Attempt", workshop.worker(), "Headers");
        workshop.mend();
        page.press(SIDE, "Retry");
        page.awaitText(SIDE + " [data-role=state]", "Succeeded");
        assertThat(workshop.queue().deadLetters().list(10)).isEmpty();
    }

    @Test
    void nothingIsPurgedBeforeItIsConfirmed() {
        page = pages.open(PageExtension.ADMIN);
        dead("kept");
        dead("kept-too");
        page.goToJobs("/dead-letters");
        page.awaitShown(letter("kept-too"));
        page.press("#dead-letters", "Purge all…");
        page.awaitText("dialog[open]", "Purge all dead letters of bench?");
        page.press("dialog[open]", "Cancel");
        soon().until(() -> page.all("dialog").isEmpty());
        assertThat(workshop.queue().deadLetters().list(10)).hasSize(2);
        page.click(letter("kept"));
        page.press(SIDE, "Purge…");
        page.press("dialog[open]", "Purge");
        soon().until(() -> !page.shows(letter("kept")));
        page.press("#dead-letters", "Purge all…");
        page.press("dialog[open]", "Purge all");
        page.awaitText("#dead-letters", "No dead letters.");
        assertThat(workshop.queue().deadLetters().list(10)).isEmpty();
    }

    @Test
    void anOperatorMayRetryButNotPurge() {
        dead("not-purged");
        page.goToJobs("/dead-letters/bench/not-purged");
        page.awaitText(SIDE, "Retry");
        page.awaitText("#dead-letters .toolbar", "Retry all…");
        assertThat(page.text("#jobs")).doesNotContain("Purge");
    }

    @Test
    void allDeadLettersAreRetriedTogether() {
        dead("first");
        dead("second");
        page.goToJobs("/dead-letters");
        page.awaitShown(letter("second"));
        workshop.mend();
        page.press("#dead-letters", "Retry all…");
        page.press("dialog[open]", "Retry all");
        page.awaitText("#toasts", "2 jobs");
        soon().until(() -> state("first") == JobState.SUCCEEDED && state("second") == JobState.SUCCEEDED);
    }

    @Test
    void aScheduleIsCreatedPausedTriggeredAndRemoved() {
        workshop.letGo(1);
        page.goToJobs("/schedules/new");
        page.awaitText(FORM, "Next on");
        page.fill(FORM, "Name", "nightly");
        page.fill(FORM, "Times", "0 30 3 * * *");
        page.fill(FORM, "Time zone", "Europe/Berlin");
        page.fill(FORM, "Type of job", "steps");
        page.fill(FORM, "Input (JSON)", "{\"steps\": 1}");
        page.press(FORM, "Save schedule");
        page.awaitText(NIGHTLY, "0 30 3 * * *");
        assertThat(page.text(NIGHTLY)).contains("Europe/Berlin", "in ", "never");
        page.press(NIGHTLY, "Pause");
        page.awaitText(NIGHTLY, "Paused");
        assertThat(workshop.queue().schedules().list()).singleElement().matches(status -> status.paused());
        page.press(NIGHTLY, "Run now");
        page.awaitText(NIGHTLY, "its job");
        page.click(NIGHTLY + " a[href*='/jobs/bench/']");
        page.awaitText(SIDE + " [data-role=state]", "Succeeded");
        page.goToJobs("/schedules");
        page.press(NIGHTLY, "Remove…");
        page.press("dialog[open]", "Remove");
        page.awaitText("#schedules", "No schedules yet.");
        assertThat(workshop.queue().schedules().list()).isEmpty();
    }

    @Test
    void aScheduleIsEditedAndWrongTimesAreRefusedAtTheirField() {
        pages.expectOnConsole("400");
        workshop.queue()
                .schedules()
                .put(JobSchedule.of("nightly", "0 30 3 * * *", Workshop.STEPS, JsonObject.of("steps", 1)));
        page.goToJobs("/schedules/bench/nightly");
        page.fill(FORM, "Times", "whenever");
        page.awaitText(FORM, "These fields name no time.");
        page.press(FORM, "Save schedule");
        page.awaitText(FORM + " .fault", "cron");
        page.fill(FORM, "Times", "0 0 4 * * *");
        page.press(FORM, "Save schedule");
        page.awaitText(NIGHTLY, "0 0 4 * * *");
        assertThat(workshop.queue()
                        .schedules()
                        .find("nightly")
                        .orElseThrow()
                        .schedule()
                        .cron())
                .isEqualTo("0 0 4 * * *");
    }

    @Test
    void theNextTimeOfSixFieldsIsTold() {
        page.goToJobs("/schedules");
        assertThat(next("0 */5 * * * *", "UTC", "2026-03-28T10:03:00Z")).isEqualTo("2026-03-28T10:05:00.000Z");
        assertThat(next("0 30 3 * * *", "UTC", "2026-03-28T10:03:00Z")).isEqualTo("2026-03-29T03:30:00.000Z");
        assertThat(next("0 30 3 * * *", BERLIN, "2026-03-27T10:00:00Z")).isEqualTo("2026-03-28T02:30:00.000Z");
        assertThat(next("0 30 3 * * *", BERLIN, "2026-03-28T10:00:00Z")).isEqualTo("2026-03-29T01:30:00.000Z");
        assertThat(next("0 0 8 * * MON-FRI", "UTC", "2026-03-27T09:00:00Z")).isEqualTo("2026-03-30T08:00:00.000Z");
        assertThat(next("15 0 0 29 2 *", "UTC", "2026-03-01T00:00:00Z")).isEqualTo("2028-02-29T00:00:15.000Z");
        assertThat(next("@daily", "America/New_York", "2026-01-10T12:00:00Z")).isEqualTo("2026-01-11T05:00:00.000Z");
        assertThat(next("0 0 0 13 * FRI", "UTC", "2026-03-28T00:00:00Z")).isEqualTo("2026-04-03T00:00:00.000Z");
        assertThat(next("@every 1h", "UTC", "2026-03-28T00:00:00Z")).isEqualTo("none");
        assertThat(next("61 * * * * *", "UTC", "2026-03-28T00:00:00Z")).isEqualTo("none");
    }

    private Object next(String cron, String zone, String from) {
        return page.run("return import('/js/cron.js').then(({nextTime}) => nextTime('%s', '%s', Date.parse('%s')))"
                        .formatted(cron, zone, from)
                + ".then(time => time === null ? 'none' : new Date(time).toISOString())");
    }

    private void dead(String id) {
        workshop.submitFragile(id);
        soon().until(() -> workshop.queue().deadLetters().find(JobId.of(id)).isPresent());
    }

    private JobState state(String id) {
        return workshop.queue().job(JobId.of(id)).orElseThrow().state();
    }

    private static String letter(String id) {
        return "[data-dead='bench/" + id + "']";
    }
}
