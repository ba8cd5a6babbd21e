package io.fleetsdk.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.SettingsGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Desired beside reported, and what happens on the way from one to the other. */
class SettingsPanelTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    private static final String STATE = "[data-role=settings-state]";
    private static final String FORM = "form[data-form=settings]";
    private static final String SPEED = "tr[data-pointer='/maxSpeed']";

    @Test
    void aDifferenceIsShownUntilTheRobotReturnsAndAppliesIt() {
        AgentRobot away = pages.robot("RB-001");
        OpenPage page = settings(away.id());
        page.awaitText("#panel", "Nothing desired");
        away.close();
        page.awaitText("tr[data-id='RB-001']", "Offline");
        change(page, "1.2");
        page.awaitText(STATE, "Pending");
        assertThat(page.text(SPEED)).contains("1.2").contains("1");
        assertThat(page.find(SPEED).getDomAttribute("class")).contains("differs");
        pages.robot("RB-001");
        page.awaitText(STATE, "In sync");
        assertThat(page.find(SPEED).getDomAttribute("class")).isNull();
    }

    @Test
    void aRefusedSettingShowsTheRobotsReason() {
        RobotId robot = pages.robot("RB-002").id();
        OpenPage page = settings(robot);
        page.awaitText("#panel", "Nothing desired");
        change(page, "3");
        page.awaitText(STATE, "Rejected");
        assertThat(page.text("#panel")).contains("above what the wheels bear, 1.5 m/s");
    }

    @Test
    void aChangeOnAnOldRevisionShowsBothSidesAndLosesNeither() {
        pages.expectOnConsole("412");
        RobotId robot = pages.robot("RB-003").id();
        OpenPage page = settings(robot);
        page.awaitText("#panel", "Nothing desired");
        page.press("#panel", "Change desired settings");
        page.fill(FORM, "Max speed", "0.8");
        pages.fleet().settings().patch(robot, JsonObject.of("lights", false), SettingsGuard.any(), "mira");
        page.press(FORM, "Save");
        page.awaitText("[data-role=conflict]", "mira");
        assertThat(page.text("[data-role=conflict]"))
                .contains("Revision 1", "lights", "false", "not changed", "maxSpeed", "0.8");
        page.press("[data-role=conflict]", "Put my changes on theirs");
        page.press(FORM, "Save");
        page.awaitText(STATE, "In sync");
        assertThat(pages.fleet().settings().desired(robot).settings())
                .isEqualTo(JsonObject.of("lights", false, "maxSpeed", 0.8));
    }

    private static OpenPage settings(RobotId robot) {
        OpenPage page = pages.open();
        page.awaitText("tr[data-id='" + robot + "']", "Online");
        page.goTo(robot.value(), "settings");
        return page;
    }

    private static void change(OpenPage page, String speed) {
        page.press("#panel", "Change desired settings");
        page.fill(FORM, "Max speed", speed);
        page.press(FORM, "Save");
    }
}
