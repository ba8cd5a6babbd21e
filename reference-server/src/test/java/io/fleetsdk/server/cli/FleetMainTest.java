package io.fleetsdk.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.testing.NatsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FleetMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryCommand() {
        assertThat(fleet("--help")).isZero();
        assertThat(out.toString()).contains("demo", "jobs", "model", "topology", "server", "agent", "conform");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "demo --robots 0           | --robots 0 must be from 1 to 100",
                "demo --robots many        | 'many' is not an int",
                "demo --speed 0            | --speed 0.0 must be from 0.01 to 1000",
                "demo --port 99999         | --port 99999 must be from 1 to 65535",
                "demo --replay nowhere.csv | --replay nowhere.csv is not a file",
                "demo --duration soon      | 'soon' must be a time such as 30s or 2m",
                "demo --speeed 2           | Unknown option",
                "model push walker nowhere.onnx | FILE 'nowhere.onnx' must be a readable file",
                "model sign walker:1       | must be given, or FLEET_MODEL_SEED be set",
                "model sign walker:1 --key nowhere | key file 'nowhere' must be a readable file",
                "model verify walker:1     | must name a file of trusted keys",
                "model retire walker --reason x | must be a name and a number such as g1-velocity:7",
                "topology apply            | Missing required option",
                "topology apply --nats x   | must be an address such as nats://host:4222",
                "topology show --replicas 2 | must be 1, 3 or 5",
            })
    void aMistakeIsOneLineAndExitCodeTwo(String words, String line) {
        assertThat(fleet(words.split(" +"))).isEqualTo(2);
        assertThat(err.toString()).contains(line);
        assertThat(err.toString().strip().lines()).hasSize(1);
    }

    @Test
    void aBrokerOutOfReachIsOneLineAndExitCodeThree() {
        assertThat(fleet("topology", "plan", "--nats", "nats://127.0.0.1:1")).isEqualTo(3);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("fleet: cannot connect to");
    }

    @Test
    void aPortInUseIsNamedWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(fleet("demo", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .isEqualToIgnoringNewLines(
                            "fleet: port " + taken.getLocalPort() + " is in use; choose another with --port");
        }
    }

    @Test
    void theTopologyIsShownPlannedAndApplied() {
        assertThat(fleet("topology", "show")).isZero();
        assertThat(out.toString()).contains("ROBOT_TELEMETRY", "robots.telemetry.*", "100 GiB", "FLEET_CONFIG");
        try (NatsServer server = NatsServer.start()) {
            String[] broker = {"--nats", server.url(), "--storage", "1"};
            assertThat(fleet("topology", "plan", broker[0], broker[1], broker[2], broker[3]))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("0 match, 0 created, 22 missing, 0 differ");
            assertThat(fleet("topology", "apply", broker[0], broker[1], broker[2], broker[3]))
                    .isZero();
            assertThat(out.toString()).contains("0 match, 22 created, 0 missing, 0 differ");
            assertThat(fleet("topology", "plan", broker[0], broker[1], broker[2], broker[3]))
                    .isZero();
            assertThat(fleet("topology", "plan", broker[0], broker[1], broker[2], "2"))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("differs", "maxBytes: declared");
        }
    }

    private int fleet(String... words) {
        CommandLine line = FleetMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }
}
