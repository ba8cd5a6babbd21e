package io.fleetsdk.server.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium with its driver as Debian packages them: without a window, a profile or traffic of its own. */
final class Browser implements AutoCloseable {
    private static final List<String> CHROMIUM = List.of("chromium", "google-chrome", "chrome");
    private static final Pattern REQUEST = Pattern.compile("\"method\":\"Network\\.requestWillBeSent\"");
    private static final Pattern ADDRESS = Pattern.compile("\"request\":\\{.*?\"url\":\"((?:https?|wss?)://[^/\"]+)");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** What has to be installed for these tests to run; empty where all is there. */
    static Optional<String> missing() {
        if (CHROMIUM.stream().flatMap(Browser::onPath).findFirst().isEmpty()) {
            return Optional.of("no chromium on PATH (Debian: apt-get install chromium)");
        }
        return onPath("chromedriver").findFirst().isPresent()
                ? Optional.empty()
                : Optional.of("no chromedriver on PATH (Debian: apt-get install chromium-driver)");
    }

    static Browser open() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.setBinary(found(CHROMIUM));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(found(List.of("chromedriver"))))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1440, 900));
        return new Browser(driver);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Errors and warnings on the console since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Where requests went since the last call: scheme, host and port. */
    Set<String> origins() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> REQUEST.matcher(message).find())
                .flatMap(message -> ADDRESS.matcher(message).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static String found(List<String> names) {
        return names.stream().flatMap(Browser::onPath).findFirst().orElseThrow().toString();
    }

    private static Stream<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable);
    }
}
