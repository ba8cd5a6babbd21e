package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A command from the form to its end. */
class CommandPanelTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String FORM = "form[data-form=command]";
    private static final String NEWEST = "#panel article";
    private static final String METRES = "Metres *";

    private static AgentRobot robot;
    private OpenPage page;

    @BeforeAll
    static void aRobotReports() {
        robot = pages.robot("RB-001");
        soon().until(() -> pages.fleet()
                .robots()
                .find(robot.id())
                .flatMap(known -> known.capability())
                .isPresent());
    }

    @BeforeEach
    void openTheCommands() {
        page = pages.open();
        page.goTo("RB-001", "commands");
        page.awaitText(FORM, "Drives along the rail");
        soon().until(() -> !page.text("#panel").contains("Loading"));
    }

    @Test
    void aCommandIsShownFromAcknowledgementToResult() {
        send("3");
        page.awaitText(NEWEST, "Completed");
        page.click(NEWEST + " summary");
        assertThat(page.text(NEWEST + " .steps")).contains("Requested", "Accepted", "Running", "Completed");
        assertThat(page.text(NEWEST)).contains("\"metres\": 3");
        assertThat(pages.fleet().commands().recent(robot.id(), 1).get(0).state())
                .isEqualTo(CommandState.COMPLETED);
    }

    @Test
    void aRunningCommandShowsItsProgressAndCanBeCancelled() {
        send("20");
        page.awaitShown(NEWEST + " progress");
        page.awaitText(NEWEST, "m to go");
        page.press(NEWEST, "Cancel");
        page.awaitText(NEWEST, "Cancelled");
        soon().until(() -> !page.shows(NEWEST + " progress"));
    }

    @Test
    void aRefusalShowsTheRobotsReason() {
        send("40");
        page.awaitText(NEWEST, "Rejected");
        assertThat(page.text(NEWEST)).contains("the rail ends after 20.0 m");
    }

    @Test
    void aValueOutsideTheSchemaIsNotSent() {
        int sent = pages.fleet().commands().recent(robot.id(), 50).size();
        page.fill(FORM, METRES, "51");
        page.press(FORM, "Send command");
        assertThat(page.run("return document.querySelector('" + FORM + " input[type=number]').validity.rangeOverflow"))
                .isEqualTo(true);
        assertThat(pages.fleet().commands().recent(robot.id(), 50)).hasSize(sent);
    }

    @Test
    void parametersCanBeGivenAsJson() {
        page.click(FORM + " summary");
        page.click(FORM + " input[type=checkbox]");
        page.fill(FORM, "Parameters (JSON)", "{\"metres\": 1}");
        page.press(FORM, "Send command");
        page.awaitText(NEWEST, "Completed");
    }

    @Test
    void aCommandSentBySomebodyElseIsShownToo() {
        pages.fleet().commands().send(robot.id(), CommandRequest.of("identify").requestedBy("someone else"));
        soon().until(() ->
                page.all(NEWEST).stream().anyMatch(card -> card.getText().contains("identify")));
    }

    private void send(String metres) {
        int before = page.all(NEWEST).size();
        page.fill(FORM, METRES, metres);
        page.press(FORM, "Send command");
        soon().until(() -> page.all(NEWEST).size() > before);
    }
}
