package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditLogTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    private final ListAppender<ILoggingEvent> everything = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        everything.start();
        root.addAppender(everything);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(everything);
    }

    @Test
    void eachWriteIsOneLineWithWhoWhatAndOutcome() {
        server.operator().put("/api/v1/robots/RB-001", "{}");
        server.operator().post("/api/v1/robots/RB-001/commands", "{\"commandType\":\"goto\"}");
        server.operator().post("/api/v1/robots/RB-001/emergency-stop", "{\"reason\":\"smoke\"}");
        List<JsonNode> lines = lines(3);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.at("/who").stringValue()).isEqualTo("otto");
            assertThat(line.at("/role").stringValue()).isEqualTo("OPERATOR");
        });
        assertThat(lines.get(1).at("/method").stringValue()).isEqualTo("POST");
        assertThat(lines.get(1).at("/path").stringValue()).isEqualTo("/api/v1/robots/RB-001/commands");
        assertThat(lines.get(1).at("/status").intValue()).isEqualTo(202);
        assertThat(lines.get(1).at("/detail/commandType").stringValue()).isEqualTo("goto");
        assertThat(lines.get(1).at("/detail/commandId").stringValue()).hasSize(36);
        assertThat(lines.get(2).at("/detail/reason").stringValue()).isEqualTo("smoke");
    }

    @Test
    void whoSubmittedWhichJobIsToldAndWhatItIsAboutIsNot() {
        server.operator()
                .post(
                        "/api/v1/jobs",
                        "{\"queue\":\"training\",\"type\":\"export\",\"input\":\"swordfish\",\"options\":{\"id\":\"j-1\"}}");
        server.operator().send("POST", "/api/v1/jobs/training/j-1/cancel");
        List<JsonNode> lines = lines(2);
        assertThat(lines.get(0).at("/detail/job").stringValue()).isEqualTo("training/j-1");
        assertThat(lines.get(1).at("/path").stringValue()).isEqualTo("/api/v1/jobs/training/j-1/cancel");
        assertThat(lines.toString()).doesNotContain("swordfish");
    }

    @Test
    void refusedWritesAreToldTooAndReadsAreNot() {
        server.nobody().put("/api/v1/robots/RB-001", "{}");
        server.viewer().put("/api/v1/robots/RB-001", "{}");
        server.viewer().get("/api/v1/robots");
        server.operator().put("/api/v1/robots/RB-001", "{");
        assertThat(lines(3))
                .extracting(line ->
                        line.at("/who").stringValue() + " " + line.at("/status").intValue())
                .containsExactly("- 401", "vera 403", "otto 400");
    }

    @Test
    void aCallerCannotForgeALine() {
        server.operator().put("/api/v1/robots/RB%0A%7B%22who%22%3A%22ada%22%7D", "{}");
        server.operator().put("/api/v1/robots/RB-001", "{}");
        server.operator()
                .post("/api/v1/robots/RB-001/emergency-stop", "{\"reason\":\"x\\n{\\\"who\\\":\\\"ada\\\"}\"}");
        assertThat(lines(3))
                .allSatisfy(line -> assertThat(line.at("/who").stringValue()).isEqualTo("otto"));
        assertThat(everything.list)
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain("\n"));
    }

    @Test
    void noLogHoldsATokenOrABody() {
        new Caller(server.server().port(), "guessed-0123456789abcdef").put("/api/v1/robots/RB-001", "{}");
        server.operator().put("/api/v1/robots/RB-001", "{}");
        server.operator()
                .post(
                        "/api/v1/robots/RB-001/commands",
                        "{\"commandType\":\"goto\",\"payload\":{\"pin\":\"swordfish\"}}");
        server.operator().post("/api/v1/robots/RB-001/commands", "{\"pin\":\"swordfish\"");
        lines(4);
        assertThat(everything.list)
                .allSatisfy(event -> assertThat(event.getFormattedMessage())
                        .doesNotContain(
                                ServerUnderTest.OPERATOR,
                                ServerUnderTest.VIEWER,
                                ServerUnderTest.ADMIN,
                                "guessed",
                                "swordfish"));
    }

    /** The line is written after the answer has left. */
    private List<JsonNode> lines(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> audited().size() >= count);
        assertThat(audited()).hasSize(count);
        return audited();
    }

    private List<JsonNode> audited() {
        return List.copyOf(everything.list).stream()
                .filter(event -> event.getLoggerName().equals("audit"))
                .map(event -> MAPPER.readTree(event.getFormattedMessage()))
                .toList();
    }
}
