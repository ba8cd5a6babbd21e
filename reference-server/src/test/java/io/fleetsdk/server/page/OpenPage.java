package io.fleetsdk.server.page;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** What somebody in front of the page sees and does. */
final class OpenPage {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private final String address;

    OpenPage(ChromeDriver driver, String address) {
        this.driver = driver;
        this.address = address;
    }

    /** Waits for what soon becomes true; elements that a refresh replaces meanwhile are looked up again. */
    static ConditionFactory soon() {
        return await().atMost(PATIENCE).ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    /** In a tab of its own, which begins without the token of another. */
    void signIn(String token) {
        String before = driver.getWindowHandle();
        String tab = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        driver.switchTo().window(before).close();
        driver.switchTo().window(tab);
        driver.get(address + "/#token=" + token);
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** Opens one robot with one of its panels, as a link would. */
    void goTo(String robot, String panel) {
        awaitText("#connection", "Live");
        driver.executeScript("location.hash = arguments[0]", "#/robots/" + robot + "/" + panel);
        awaitText("#detail h2", "");
    }

    /** Opens a place of the view of jobs, such as {@code /dead-letters}, as a link would. */
    void goToJobs(String place) {
        awaitText("#connection", "Live");
        driver.executeScript("location.hash = arguments[0]", "#/jobs" + place);
        awaitShown("#jobs .jobs-list, #jobs .job-side");
    }

    /** Opens a place of the view of models, such as {@code /walker/3}, as a link would. */
    void goToModels(String place) {
        awaitText("#connection", "Live");
        driver.executeScript("location.hash = arguments[0]", "#/models" + place);
        awaitShown("#models .jobs-list, #models .job-side");
    }

    /** Opens a place of the view of training, such as {@code /run-1}, as a link would. */
    void goToTraining(String place) {
        awaitText("#connection", "Live");
        driver.executeScript("location.hash = arguments[0]", "#/training" + place);
        awaitShown("#training .jobs-list, #training .job-side");
    }

    String url() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    boolean shows(String selector) {
        return all(selector).stream().anyMatch(WebElement::isDisplayed);
    }

    String text(String selector) {
        return find(selector).getText();
    }

    void awaitText(String selector, String part) {
        soon().alias("'" + part + "' in " + selector).until(() -> text(selector).contains(part));
    }

    void awaitShown(String selector) {
        soon().alias(selector + " shown").until(() -> shows(selector));
    }

    void click(String selector) {
        soon().alias("click on " + selector).until(() -> {
            find(selector).click();
            return true;
        });
    }

    /** The button of this name within an element. */
    WebElement button(String within, String name) {
        return find(within).findElements(By.tagName("button")).stream()
                .filter(button -> button.isDisplayed() && button.getText().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("button '" + name + "' in " + within));
    }

    void press(String within, String name) {
        soon().alias("button " + name).until(() -> {
            button(within, name).click();
            return true;
        });
    }

    /** The control that a label of this text belongs to. */
    WebElement control(String form, String label) {
        return find(form).findElements(By.tagName("label")).stream()
                .filter(element -> element.getText().equals(label))
                .map(element -> driver.findElement(By.id(Objects.requireNonNull(element.getDomAttribute("for")))))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("field '" + label + "' in " + form));
    }

    void fill(String form, String label, String value) {
        soon().alias("field " + label).until(() -> {
            WebElement control = control(form, label);
            control.clear();
            control.sendKeys(value);
            return true;
        });
    }

    /** Picks what a list of choices with this label offers under this text. */
    void choose(String within, String label, String option) {
        soon().alias(option + " of " + label).until(() -> {
            find(within + " select[aria-label='" + label + "']").findElements(By.tagName("option")).stream()
                    .filter(element -> element.getText().equals(option))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException(option))
                    .click();
            return true;
        });
    }

    /** Presses keys on whatever has the focus. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses Tab until the focus is inside this element; the way there is at most as long as the page has stops. */
    void tabTo(String selector) {
        for (int stops = 0; stops < 60; stops++) {
            if (Boolean.TRUE.equals(
                    driver.executeScript("return document.activeElement.closest(arguments[0]) !== null", selector))) {
                return;
            }
            type(Keys.TAB);
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    /** The map's picture as it is now. */
    String picture() {
        return String.valueOf(driver.executeScript("return document.querySelector('#map canvas').toDataURL()"));
    }

    void narrow(int width) {
        driver.manage().window().setSize(new Dimension(width, 900));
    }

    /** Chooses light or dark as its user's system would. */
    void prefer(String scheme) {
        Map<String, String> preference = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(preference)));
    }

    Object run(String script) {
        return Objects.requireNonNull(driver.executeScript(script));
    }
}
