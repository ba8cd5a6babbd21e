package io.fleetsdk.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetsdk.Fleet;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.server.FleetServer;
import io.fleetsdk.server.ServerConfig;
import io.fleetsdk.server.auth.Tokens;
import io.fleetsdk.testing.FleetExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fleet, its server and a browser for the tests of one class, which is skipped where there is no browser. After each test the
 * console must be quiet and every request must have gone to the server.
 */
final class PageExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    static final String VIEWER = "viewer-0123456789abcdef";
    static final String OPERATOR = "operator-0123456789abcdef";
    static final String ADMIN = "admin-0123456789abcdef";

    private static final String TOKENS =
            "vera viewer " + VIEWER + "\notto operator " + OPERATOR + "\nada admin " + ADMIN + "\n";

    private final FleetExtension fleets = FleetExtension.connecting(PageExtension::connect);
    private final Map<String, AgentRobot> robots = new HashMap<>();
    private Optional<FleetServer> server = Optional.empty();
    private Optional<Browser> browser = Optional.empty();
    private Optional<Path> data = Optional.empty();
    private List<String> expected = List.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<String> missing = Browser.missing();
        assumeTrue(missing.isEmpty(), () -> "the page is not tested: " + missing.orElseThrow());
        fleets.beforeAll(context);
        data = Optional.of(newDirectory());
        server = Optional.of(serve(0));
        browser = Optional.of(Browser.open());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Browser open = browser.orElseThrow();
        open.driver().get("about:blank");
        assertThat(open.complaints())
                .as("console")
                .filteredOn(complaint -> expected.stream().noneMatch(complaint::contains))
                .isEmpty();
        assertThat(open.origins()).as("origins of requests").containsOnly(address());
        expected = List.of();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        browser.ifPresent(Browser::close);
        robots.values().forEach(AgentRobot::close);
        server.ifPresent(FleetServer::close);
        data.ifPresent(PageExtension::delete);
    }

    /** The page of somebody who signs in with this token. */
    OpenPage open(String token) {
        OpenPage page = new OpenPage(browser.orElseThrow().driver(), address());
        page.signIn(token);
        return page;
    }

    /** The page of an operator. */
    OpenPage open() {
        return open(OPERATOR);
    }

    Fleet fleet() {
        return fleets.fleet();
    }

    /** A robot that runs until the end of the class, or until the test ends it. */
    AgentRobot robot(String id) {
        AgentRobot robot = AgentRobot.start(
                options(fleets.server().url()), id, data.orElseThrow().resolve(id));
        robots.put(id, robot);
        return robot;
    }

    /** Stops the server, and starts it again at the same address when closed. */
    AutoCloseable outage() {
        int port = server.orElseThrow().port();
        server.orElseThrow().close();
        return () -> server = Optional.of(serve(port));
    }

    /** What the browser itself says on the console in the course of this test, such as the number of a refused request. */
    void expectOnConsole(String... parts) {
        expected = List.of(parts);
    }

    private String address() {
        return "http://127.0.0.1:" + server.orElseThrow().port();
    }

    private FleetServer serve(int port) {
        ServerConfig config = new ServerConfig("127.0.0.1", port, Tokens.parse(TOKENS));
        return FleetServer.start(config, fleet(), new JacksonCodec(), Clock.systemUTC());
    }

    private static Fleet connect(String url) {
        NatsFleet.applyTopology(options(url));
        return NatsFleet.connect(options(url));
    }

    private static NatsOptions options(String url) {
        return NatsOptions.builder()
                .server(url)
                .topology(FleetTopology.defaults().withByteBudget(1L << 30))
                .build();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("page-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
