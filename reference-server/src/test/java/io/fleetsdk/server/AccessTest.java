package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.server.ApiRoutes.Route;
import io.fleetsdk.server.auth.Role;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is open by accident: each route of the running server, with each kind of caller. */
class AccessTest {
    private static final List<String> OPEN = List.of("/health/live", "/health/ready", "/openapi.json");

    private static final List<String> FOR_ADMINISTRATORS = List.of(
            "POST /api/v1/jobs/queues",
            "PUT /api/v1/jobs/queues/{queue}/limits",
            "DELETE /api/v1/jobs/dead-letters/{queue}",
            "DELETE /api/v1/jobs/dead-letters/{queue}/{jobId}",
            "POST /api/v1/models/{model}/versions/{version}/retire");

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @BeforeAll
    static void describe() {
        server.operator().put("/api/v1/robots/RB-001", "{\"notes\":\"\"}");
    }

    @TestFactory
    Stream<DynamicTest> eachRouteRefusesWhoHasNoTokenOrATooLowRole() {
        return routes().map(route -> DynamicTest.dynamicTest(route.method() + " " + route.path(), () -> {
            if (OPEN.contains(route.path())) {
                assertThat(status(server.nobody(), route)).isEqualTo(200);
            } else {
                assertThat(status(server.nobody(), route)).isEqualTo(401);
                assertThat(status(new Caller(server.server().port(), "guessed-0123456789abcdef"), route))
                        .isEqualTo(401);
                boolean reading = route.method().equals(HandlerType.GET);
                assertThat(status(server.viewer(), route) == 403).isEqualTo(!reading);
                boolean administering = FOR_ADMINISTRATORS.contains(route.method() + " " + route.path());
                assertThat(status(server.operator(), route) == 403).isEqualTo(administering);
                assertThat(status(server.admin(), route)).isNotIn(401, 403);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> aHeadIsRefusedAsItsGetIs() {
        return routes().filter(route -> route.method().equals(HandlerType.GET) && !OPEN.contains(route.path()))
                .map(route -> DynamicTest.dynamicTest("HEAD " + route.path(), () -> {
                    assertThat(server.nobody().send("HEAD", path(route)).status())
                            .isEqualTo(401);
                    assertThat(server.viewer().send("HEAD", path(route)).status())
                            .isNotIn(401, 403, 405);
                }));
    }

    @Test
    void theTableHoldsEveryRouteAndOnlyThreeAreOpen() {
        assertThat(routes()).hasSize(82);
        assertThat(routes().filter(route -> route.role() == Role.ANYONE).map(Route::path))
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void aTokenInTheUrlIsNone() {
        assertThat(server.nobody()
                        .get("/api/v1/robots?token=" + ServerUnderTest.ADMIN + "&access_token=" + ServerUnderTest.ADMIN)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRefusalSaysHowToAuthenticateAndNeverRepeatsAToken() {
        Caller.Answer none = server.nobody().get("/api/v1/robots");
        Caller.Answer wrong = new Caller(server.server().port(), "guessed-0123456789abcdef").get("/api/v1/robots");
        Caller.Answer low = server.viewer().send("POST", "/api/v1/emergency-stop");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"fleet\"");
        assertThat(wrong.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(wrong.body()).doesNotContain("guessed");
        assertThat(low.json().at("/detail").stringValue()).isEqualTo("vera is a viewer; this needs the role operator");
    }

    @Test
    void theSessionSaysWhoOneIs() {
        assertThat(server.admin().get("/api/v1/session").body()).isEqualTo("{\"name\":\"ada\",\"role\":\"ADMIN\"}");
    }

    private static Stream<Route> routes() {
        return server.server().routes().routes().stream();
    }

    /** The live stream never ends by itself, so its headers are enough. */
    private static int status(Caller caller, Route route) {
        if (route.path().equals("/api/v1/events")) {
            try (EventReader events = caller.events()) {
                return events.status();
            }
        }
        return caller.send(route.method().name(), path(route)).status();
    }

    private static String path(Route route) {
        return route.path()
                .replace("{robotId}", "RB-001")
                .replace("{commandId}", UUID.randomUUID().toString())
                .replace("{queue}", "training")
                .replace("{jobId}", UUID.randomUUID().toString())
                .replace("{workerId}", "worker-1")
                .replace("{model}", "walker")
                .replace("{version}", "1")
                .replace("{alias}", "champion")
                .replace("{dataset}", "tape")
                .replace("{runId}", UUID.randomUUID().toString())
                .replace("{name}", "nightly");
    }
}
