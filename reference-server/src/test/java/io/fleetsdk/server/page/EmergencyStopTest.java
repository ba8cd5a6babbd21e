package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.EmergencyStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Stopping is quick, asked for once, and stays until it is released, which is asked for as well. */
class EmergencyStopTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String FLEET_STOP = "#fleet-stop";
    private static final String ROW = "tr[data-id='RB-001']";

    private static AgentRobot robot;

    @BeforeAll
    static void aRobotReports() {
        robot = pages.robot("RB-001");
    }

    @AfterEach
    void release() {
        stops().releaseAll("test over", "test");
        stops().release(robot.id(), "test over", "test");
        soon().until(() -> !robot.body().isHeld());
    }

    @Test
    void nothingStopsBeforeItIsConfirmed() {
        OpenPage page = opened();
        page.click(FLEET_STOP);
        page.awaitText("dialog[open]", "Stop every robot?");
        page.type(Keys.ESCAPE);
        soon().until(() -> page.all("dialog").isEmpty());
        page.click(FLEET_STOP);
        page.press("dialog[open]", "Cancel");
        soon().until(() -> page.all("dialog").isEmpty());
        assertThat(stops().fleetLatch().stopped()).isFalse();
        assertThat(page.shows(".banner")).isFalse();
    }

    @Test
    void theFleetStopsAndStaysStoppedUntilItIsReleased() {
        OpenPage page = opened();
        page.click(FLEET_STOP);
        page.awaitShown("dialog[open]");
        page.fill("dialog[open]", "Reason (optional)", "smoke in hall 1");
        page.press("dialog[open]", "Stop all robots");
        page.awaitText(".banner", "smoke in hall 1");
        page.awaitText(ROW, "Stopped");
        page.awaitText(".banner", "1 of 1 robots online confirm it");
        assertThat(stops().fleetLatch().stopped()).isTrue();
        assertThat(robot.body().isHeld()).isTrue();

        page.reload();
        page.awaitText(".banner", "smoke in hall 1");
        page.click(FLEET_STOP);
        page.awaitText("dialog[open]", "Release the fleet?");
        assertThat(stops().fleetLatch().stopped()).isTrue();
        page.press("dialog[open]", "Release the fleet");
        soon().until(() -> !page.shows(".banner"));
        page.awaitText(ROW, "Idle");
        assertThat(stops().fleetLatch().stopped()).isFalse();
    }

    @Test
    void oneRobotIsStoppedByItself() {
        OpenPage page = opened();
        page.goTo("RB-001", "about");
        page.click("[data-action=stop]");
        page.awaitText("dialog[open]", "RB-001");
        page.press("dialog[open]", "Stop this robot");
        page.awaitText("#detail header", "The robot confirms it.");
        assertThat(stops().latch(robot.id()).stopped()).isTrue();
        assertThat(stops().fleetLatch().stopped()).isFalse();
        page.awaitText("[data-action=stop]", "Release");
        page.click("[data-action=stop]");
        page.press("dialog[open]", "Release this robot");
        page.awaitText("[data-action=stop]", "Stop");
    }

    @Test
    void theKeyboardStopsTheFleetWithTwoKeys() {
        OpenPage page = opened();
        page.tabTo(FLEET_STOP);
        page.type(Keys.ENTER);
        page.awaitShown("dialog[open]");
        page.type(Keys.ENTER);
        page.awaitShown(".banner");
        soon().until(() -> robot.body().isHeld());
    }

    private static OpenPage opened() {
        OpenPage page = pages.open();
        page.awaitText(ROW, "Online");
        return page;
    }

    private static EmergencyStop stops() {
        return pages.fleet().emergencyStop();
    }
}
