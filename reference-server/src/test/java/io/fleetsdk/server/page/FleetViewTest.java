package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.MetadataUpdate;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The map, the table and who may see them. */
class FleetViewTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String ROW = "tr[data-id='RB-001']";
    private static final String HOSTILE = "<img src=x onerror=\"document.title='hurt'\"> & <b>bold</b>";

    private static AgentRobot robot;

    @BeforeAll
    static void aRobotReports() {
        robot = pages.robot("RB-001");
    }

    @Test
    void aRobotThatReportsIsInTheTable() {
        OpenPage page = pages.open();
        page.awaitText(ROW, "RB-001");
        page.awaitText(ROW, "Online");
        assertThat(page.text(ROW)).contains("81 %", "Automatic", "Idle", RailBody.FIRMWARE);
    }

    @Test
    void aRobotThatLeavesIsShownAsGone() {
        AgentRobot brief = pages.robot("RB-009");
        OpenPage page = pages.open();
        page.awaitText("tr[data-id='RB-009']", "Online");
        brief.close();
        page.awaitText("tr[data-id='RB-009']", "Offline");
    }

    @Test
    void theMapMovesWithTheRobotAndRestsWithIt() {
        OpenPage page = pages.open();
        page.goTo("RB-001", "telemetry");
        soon().until(() -> {
            String before = page.picture();
            page.run("return new Promise(done => setTimeout(() => done(true), 300))");
            return before.equals(page.picture());
        });
        String atRest = page.picture();
        String place = page.text("#detail .vitals");
        pages.fleet().commands().send(robot.id(), CommandRequest.of("drive", JsonObject.of("metres", 2)));
        soon().until(() -> !page.picture().equals(atRest));
        soon().until(() -> !page.text("#detail .vitals").equals(place));
    }

    @Test
    void telemetryIsPlotted() {
        OpenPage page = pages.open();
        page.goTo("RB-001", "telemetry");
        page.awaitText("#detail .plots", "Temperature");
        page.awaitText("#detail .plots", "30.0 °C");
        soon().until(() -> page.find("#detail .plots canvas").getSize().getHeight() > 50);
        page.press("#detail", "Load");
        page.awaitText("#detail .plots", "Load");
    }

    @Test
    void aHostileNameIsText() {
        pages.fleet()
                .robots()
                .update(
                        robot.id(),
                        MetadataUpdate.builder()
                                .displayName(HOSTILE)
                                .tags(Set.of("<script>document.title='hurt'</script>", "hall 1"))
                                .notes(HOSTILE)
                                .build());
        OpenPage page = pages.open();
        page.goTo("RB-001", "about");
        page.awaitText(ROW, HOSTILE);
        page.awaitText("#panel", HOSTILE);
        assertThat(page.text("#detail")).contains("<script>document.title='hurt'</script>");
        assertThat(page.all("main img, main script")).isEmpty();
        assertThat(page.run("return document.title")).isEqualTo("Fleet");
    }

    @Test
    void theFilterLeavesTheRobotsSoughtFor() {
        pages.robot("RB-002");
        OpenPage page = pages.open();
        page.awaitShown("tr[data-id='RB-002']");
        page.find("input[type=search]").sendKeys("rb-002");
        soon().until(() -> !page.shows(ROW));
        assertThat(page.text("#robots .count"))
                .isEqualTo("1 of " + pages.fleet().robots().list().size());
        page.press("#robots", "Clear");
        page.awaitShown(ROW);
    }

    @Test
    void theWayFromTableToCommandNeedsNoMouse() {
        OpenPage page = pages.open();
        page.awaitShown(ROW);
        page.type("/");
        page.type("RB-001");
        soon().until(() -> page.all("tbody tr").size() == 1);
        page.tabTo("tbody tr");
        page.type(Keys.ENTER);
        page.awaitText("#detail h2", "");
        page.tabTo("[role=tab]");
        page.type(Keys.ARROW_RIGHT);
        page.awaitShown("form[data-form=command]");
        page.tabTo("form[data-form=command] input[type=number]");
        page.type("1", Keys.ENTER);
        page.awaitText("[data-role=state]", "Completed");
        page.type(Keys.ESCAPE);
        page.tabTo("[role=tab]");
        page.type(Keys.ESCAPE);
        soon().until(() -> !page.shows("#detail"));
        assertThat(page.run("return document.activeElement.dataset.id")).isEqualTo("RB-001");
    }

    @Test
    void theFocusIsSeen() {
        OpenPage page = pages.open();
        page.awaitShown(ROW);
        page.tabTo("#fleet-stop");
        assertThat(page.run("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    @Test
    void aViewerSeesEverythingAndCanChangeNothing() {
        OpenPage page = pages.open(PageExtension.VIEWER);
        page.awaitText("#account", "vera");
        assertThat(page.shows("#fleet-stop")).isFalse();
        for (String panel : new String[] {"commands", "settings", "about"}) {
            page.goTo("RB-001", panel);
            page.awaitShown("#tab-" + panel + "[aria-selected=true]");
            assertThat(page.shows("#detail form")).as(panel).isFalse();
            assertThat(page.all("#detail button")).as(panel).noneMatch(FleetViewTest::changesSomething);
        }
    }

    @Test
    void theTokenDoesNotStayInTheAddress() {
        OpenPage page = pages.open();
        page.awaitText("#connection", "Live");
        assertThat(page.url()).doesNotContain("token").doesNotContain(PageExtension.OPERATOR);
        page.reload();
        page.awaitText("#connection", "Live");
    }

    @Test
    void anUnknownTokenIsAskedForAgain() {
        pages.expectOnConsole("401");
        OpenPage page = pages.open("no-such-token-0123456789");
        page.awaitText("#sign-in", "does not know this token");
        page.fill("#sign-in", "Access token", PageExtension.OPERATOR);
        page.press("#sign-in", "Sign in");
        page.awaitText("#connection", "Live");
    }

    @Test
    void thePageSaysThatItLostTheServerAndComesBack() throws Exception {
        pages.expectOnConsole("/api/v1/", "No telemetry");
        OpenPage page = pages.open();
        page.awaitText("#connection", "Live");
        try (AutoCloseable outage = pages.outage()) {
            page.awaitText("#connection", "Reconnecting");
        }
        page.awaitText("#connection", "Live");
        page.awaitShown(ROW);
    }

    @Test
    void aNarrowWindowHasNoSidewaysScrolling() {
        OpenPage page = pages.open();
        page.narrow(380);
        try {
            page.goTo("RB-001", "commands");
            assertThat(page.run("return document.documentElement.scrollWidth - innerWidth"))
                    .isEqualTo(0L);
            assertThat(page.shows("#fleet-stop")).isTrue();
        } finally {
            page.narrow(1440);
        }
    }

    private static boolean changesSomething(WebElement button) {
        return button.isDisplayed() && button.getText().matches("(?s).*(Stop|Send|Change|Edit|Cancel|Save).*");
    }
}
