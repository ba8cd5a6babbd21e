package io.fleetsdk.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.testing.NatsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConformanceMainTest {
    private static NatsServer broker;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @BeforeAll
    static void startBroker() {
        broker = NatsServer.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aConformantAgentGivesExitCode0AndThreeReports() throws Exception {
        try (SmallAgent agent = new SmallAgent(broker.url())) {
            agent.start();

            int exit = conform("--robot", agent.id, "--nats", broker.url(), "--report-dir", directory.toString());

            assertThat(exit).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("passed    FP-ENV-2   `payloadVersion` MUST be 1.")
                    .contains("untested  FP-DEL-1")
                    .contains(agent.id + ": conformant");
            assertThat(json().path("conformant").asBoolean()).isTrue();
            assertThat(junit().getAttribute("failures")).isEqualTo("0");
            assertThat(junit().getElementsByTagName("testcase").getLength())
                    .isEqualTo(json().path("rules").size());
        }
    }

    @Test
    void anAgentThatBreaksARuleGivesExitCode1AndSaysWhatToCheck() throws Exception {
        try (SmallAgent agent = new Inventive(broker.url())) {
            agent.start();

            int exit = conform("--robot", agent.id, "--nats", broker.url(), "--report-dir", directory.toString());

            assertThat(exit).isEqualTo(1);
            assertThat(out.toString())
                    .contains("FAILED    FP-VER-3")
                    .contains("payload member 'mood'")
                    .contains("If this fails, check the spelling of the member")
                    .contains("NOT conformant");
            assertThat(junit().getAttribute("failures")).isEqualTo("1");
            assertThat(json().path("rules").valueStream())
                    .anyMatch(rule -> rule.path("id").asString().equals("FP-VER-3")
                            && rule.path("verdict").asString().equals("failed")
                            && rule.path("reason").asString().contains("mood"));
        }
    }

    @Test
    void aKnownFailureDoesNotFailTheRun() throws Exception {
        Path known = Files.writeString(directory.resolve("known.txt"), "# until 2.5\nFP-VER-3 # own member\n");
        try (SmallAgent agent = new Inventive(broker.url())) {
            agent.start();

            int exit = conform("--robot", agent.id, "--nats", broker.url(), "--known-failing", known.toString());

            assertThat(exit).isZero();
            assertThat(out.toString()).contains("FAILED (known) FP-VER-3");
        }
    }

    @Test
    void aKnownFailureThatPassesFailsTheRun() throws Exception {
        Path known = Files.writeString(directory.resolve("known.txt"), "FP-ENV-2");
        try (SmallAgent agent = new SmallAgent(broker.url())) {
            agent.start();

            int exit = conform("--robot", agent.id, "--nats", broker.url(), "--known-failing", known.toString());

            assertThat(exit).isEqualTo(1);
            assertThat(out.toString()).contains("UNEXPECTEDLY passed FP-ENV-2");
        }
    }

    @Test
    void aRobotThatIsNotThereGivesExitCode2() {
        int exit = conform("--robot", "RB-nobody", "--nats", broker.url(), "--timeout", "0.3");

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("fleet conform: robot RB-nobody was not heard")
                .hasLineCount(1);
    }

    @Test
    void aBrokerThatIsNotThereGivesExitCode2() {
        int exit = conform("--robot", "RB-001", "--nats", "nats://127.0.0.1:1");

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("fleet conform: no broker at nats://127.0.0.1:1")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--robot all --nats nats://127.0.0.1:1 | reserved word",
                "--robot RB-001 | Missing required option: '--nats=URL'",
                "--robot RB-001 --nats nats://127.0.0.1:1 --profile gold | must be basic",
                "--robot RB-001 --nats nats://127.0.0.1:1 --timeout 0 | timeout",
                "--robot RB-001 --nats nats://127.0.0.1:1 --command a --payload {] | json",
                "--robot RB-001 --nats nats://127.0.0.1:1 --known-failing nowhere.txt | nowhere.txt",
            })
    void aWrongOptionGivesExitCode2AndOneClearLine(String arguments, String message) {
        int exit = conform(arguments.split(" "));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains(message).hasLineCount(1);
    }

    private int conform(String... arguments) {
        return ConformanceMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(directory.resolve(JsonReport.FILE).toFile());
    }

    private Element junit() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve(JUnitReport.FILE).toFile())
                .getDocumentElement();
    }

    /** Adds a member of its own to its status. */
    private static final class Inventive extends SmallAgent {
        Inventive(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void send(String subject, String type, ObjectNode payload) {
            super.send(subject, type, type.equals("status") ? payload.put("mood", "good") : payload);
        }
    }
}
