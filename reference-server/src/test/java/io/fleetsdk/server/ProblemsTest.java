package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.server.Caller.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProblemsTest {
    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aProblemNamesItsKindItsPlaceAndWhatToDo() {
        Answer answer = server.viewer().get("/api/v1/robots/RB-404");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"urn:fleetsdk:problem:not-found\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"no robot RB-404 is known\",\"instance\":\"/api/v1/robots/RB-404\"}");
    }

    @Test
    void aPathThatDoesNotExistIsNotFound() {
        assertProblem(server.admin().get("/api/v1/nothing"), 404);
        assertProblem(server.nobody().get("/page/../../etc/passwd"), 400);
        assertProblem(server.nobody().get("/%2e%2e/%2e%2e/etc/passwd"), 400);
        assertProblem(server.nobody().get("/logback.xml"), 404);
        assertProblem(server.nobody().get("/webjars/chart.js"), 404);
    }

    @Test
    void aMethodThatDoesNotFitIsToldWhichDo() {
        Answer answer = server.admin().send("DELETE", "/api/v1/robots/RB-001");
        assertProblem(answer, 405);
        assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD", "PUT");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String large = "{\"notes\":\"" + "x".repeat(1024 * 1024) + "\"}";
        assertProblem(server.operator().put("/api/v1/robots/RB-001", large), 413);
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        assertProblem(server.operator().send("PUT", "/api/v1/robots/RB-001", "text/plain", "{}"), 415);
        assertProblem(
                server.operator().send("PUT", "/api/v1/robots/RB-001", "application/x-www-form-urlencoded", "a=b"),
                415);
        assertThat(server.operator()
                        .send("PUT", "/api/v1/robots/RB-001", "application/json; charset=utf-8", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String body :
                new String[] {"", "{", "[]", "null", "\"text\"", "{\"a\":NaN}", "{} {}", "[".repeat(100_000)}) {
            assertProblem(server.operator().put("/api/v1/robots/RB-001", body), 400);
        }
    }

    @Test
    void aRequestNoRouteSeesIsRefusedInTheSameWords() throws IOException {
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("\"status\":400");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("application/problem+json");
    }

    @Test
    void everyAnswerForbidsFramesForeignScriptsAndGuessedTypes() {
        for (Answer answer : new Answer[] {
            server.nobody().get("/"),
            server.nobody().get("/api/v1/robots"),
            server.admin().get("/api/v1/nothing")
        }) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(server.viewer().get("/api/v1/robots").header("Cache-Control"))
                .isEqualTo("no-store");
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().at("/status").intValue()).isEqualTo(status);
        assertThat(answer.json().at("/detail").stringValue()).isNotBlank();
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.server().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
