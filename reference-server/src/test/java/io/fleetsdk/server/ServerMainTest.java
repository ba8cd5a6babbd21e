package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.testing.NatsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as its user starts it: a process of its own. */
class ServerMainTest {
    private static final int PATIENCE_SECONDS = 30;

    private static NatsServer broker;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = NatsServer.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void itPrintsWhereItListensAndAnOperatorsTokenAndEndsOnRequest() throws Exception {
        Process server = process("--nats", broker.url(), "--port", "0", "--storage", "1", "--demo-token");
        try (BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()))) {
            String url = out.readLine().replaceFirst("^listening on ", "");
            String token = out.readLine().replaceFirst("^token of demo \\(operator\\): ", "");
            assertThat(out.readLine()).isEqualTo("page: " + url + "/#token=" + token);
            int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
            assertThat(new Caller(port, token).get("/api/v1/session").body())
                    .isEqualTo("{\"name\":\"demo\",\"role\":\"OPERATOR\"}");
            assertThat(new Caller(port, token).get("/health/ready").status()).isEqualTo(200);
            server.toHandle().destroy();
            assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(errors(server)).doesNotContain(token, "ERROR", "Exception");
        } finally {
            server.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --port 0                                         | tokens 'none' must be given by --token-file or FLEET_TOKENS, or made by --demo-token
                    --demo-token --port many                         | Invalid value for option '--port': 'many' is not an int (see --help)
                    --demo-token --port 65536                        | port '65536' must be from 0 to 65535
                    --demo-token --prot 1                            | Unknown options: '--prot', '1' (see --help)
                    --demo-token --token-file x                      | mutually exclusive
                    --token-file nowhere                             | --token-file 'nowhere' must be a readable text file
                    --demo-token --nats http://localhost             | must be an address such as nats://host:4222
                    --demo-token --nats nats://127.0.0.1:1           | cannot connect to
                    --demo-token --nats-credentials nowhere          | --nats-credentials 'nowhere' must be a readable file
                    --demo-token --storage -1                        | --storage '-1' must be at least 1 GiB
                    """)
    void aMistakeIsOneLineAndExitCodeTwo(String words, String line) throws Exception {
        assertMistake(line, words.strip().split(" +"));
    }

    @Test
    void aPortInUseIsNamedWithTheWayOut() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            assertMistake(
                    "port " + port + " is in use: choose another with --port",
                    "--nats",
                    broker.url(),
                    "--storage",
                    "1",
                    "--demo-token",
                    "--port",
                    port);
        }
    }

    @Test
    void anAddressThatIsNotThisMachinesIsNamed() throws Exception {
        assertMistake(
                "cannot listen on 192.0.2.1:0 (--host, --port)",
                "--nats",
                broker.url(),
                "--storage",
                "1",
                "--demo-token",
                "--port",
                "0",
                "--host",
                "192.0.2.1");
    }

    @Test
    void aHostThatIsUnknownIsNamed() throws Exception {
        assertMistake(
                "host nosuch.invalid is unknown: choose another with --host",
                "--nats",
                broker.url(),
                "--storage",
                "1",
                "--demo-token",
                "--port",
                "0",
                "--host",
                "nosuch.invalid");
    }

    @Test
    void aBrokerWithoutRoomIsToldWithTheWayOut() throws Exception {
        try (NatsServer small =
                NatsServer.builder().config("jetstream { max_file_store: 1GB }").start()) {
            assertMistake("--storage GIB reserves less", "--nats", small.url(), "--demo-token", "--port", "0");
        }
    }

    @Test
    void aBrokenTokenFileIsToldLineByLineWithoutTheTokens() throws Exception {
        Path file = directory.resolve("tokens");
        Files.writeString(file, "ann boss a-secret-0123456789\n");
        assertThat(assertMistake("line 1 'boss' must be a role", "--token-file", file.toString()))
                .doesNotContain("a-secret");
    }

    private static String assertMistake(String line, String... words) throws Exception {
        Process server = process(words);
        String errors = errors(server);
        assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).as(errors).isEqualTo(2);
        assertThat(errors.lines().filter(text -> text.startsWith("reference-server: ")))
                .singleElement()
                .asString()
                .contains(line);
        assertThat(errors).doesNotContain("\tat ");
        return errors;
    }

    private static Process process(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(ServerMain.class.getName());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("FLEET_TOKENS");
        return builder.start();
    }

    private static String errors(Process server) throws IOException {
        return new String(server.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
