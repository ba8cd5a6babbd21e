package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NatsServerTest {

    private static final String CREATE_STREAM = "{\"name\":\"S\",\"subjects\":[\"s.>\"]}";
    private static final String CREATE_CONSUMER =
            "{\"stream_name\":\"S\",\"config\":{\"durable_name\":\"C\",\"ack_policy\":\"explicit\"}}";

    @Test
    void aStartedServerTellsItsAddressVersionAndProcess() throws IOException {
        try (NatsServer server = NatsServer.start();
                RawClient client = RawClient.connect(server.url())) {
            assertThat(client.info()).contains("\"version\":\"" + server.version() + "\"", "\"port\":" + server.port());
            assertThat(server.url()).isEqualTo("nats://127.0.0.1:" + server.port());
            assertThat(ProcessHandle.of(server.pid())).isPresent();
        }
    }

    @Test
    void aKilledServerComesBackOnItsPortsWithItsStreams() throws IOException {
        try (NatsServer server = NatsServer.builder().monitoringPort(0).start()) {
            String url = server.url();
            String monitoring = server.monitoring().orElseThrow().toString();
            long pid = server.pid();
            createStream(url);
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();
            assertThat(server.pid()).isNotEqualTo(pid);
            assertThat(server.url()).isEqualTo(url);
            assertThat(server.monitoring().orElseThrow()).hasToString(monitoring);
            assertThat(streamInfo(url)).contains("\"config\"");
        }
    }

    @Test
    void aStoppedServerHasWrittenDownWhatWasAcknowledgedJustBefore() throws IOException {
        int messages = 50;
        try (NatsServer server = NatsServer.start()) {
            createStream(server.url());
            try (RawClient client = RawClient.connect(server.url())) {
                client.request("$JS.API.CONSUMER.DURABLE.CREATE.S.C", CREATE_CONSUMER);
                for (int i = 1; i <= messages; i++) {
                    client.request("s.a", "x");
                    assertThat(client.request("$JS.API.CONSUMER.MSG.NEXT.S.C", ""))
                            .isNotNull();
                    client.request("$JS.ACK.S.C.1." + i + "." + i + ".0.0", "");
                }
            }
            server.stop();
            server.restart();
            try (RawClient client = RawClient.connect(server.url())) {
                assertThat(client.request("$JS.API.CONSUMER.INFO.S.C", ""))
                        .contains("\"ack_floor\":{\"consumer_seq\":" + messages + ",\"stream_seq\":" + messages);
            }
        }
    }

    @Test
    void aRunningServerIsStoppedByItsRestart() throws IOException {
        try (NatsServer server = NatsServer.start()) {
            ProcessHandle first = ProcessHandle.of(server.pid()).orElseThrow();
            server.restart();
            assertThat(first.isAlive()).isFalse();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux can hold a port beside a server")
    void nobodyElseGetsThePortOfAServerThatIsDown() throws IOException {
        try (NatsServer server = NatsServer.start();
                ServerSocket thief = new ServerSocket()) {
            server.stop();
            thief.setReuseAddress(false);
            assertThatThrownBy(() -> thief.bind(new InetSocketAddress("127.0.0.1", server.port())))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void aGivenDataDirectoryOutlivesItsServer(@TempDir Path data) throws IOException {
        try (NatsServer first = NatsServer.builder().dataDirectory(data).start()) {
            createStream(first.url());
        }
        try (NatsServer second = NatsServer.builder().dataDirectory(data).start()) {
            assertThat(streamInfo(second.url())).contains("\"config\"");
        }
    }

    @Test
    void aClosedServerLeavesNothingAndCannotBeRestarted() throws IOException {
        NatsServer server = NatsServer.builder().monitoringPort(0).start();
        Path store = storeOf(server);
        assertThat(store).isDirectory();
        server.close();
        server.close();
        assertThat(store.resolve("../..").normalize()).doesNotExist();
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(server::restart).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPortInUseIsSaidToBe() {
        try (NatsServer server = NatsServer.start()) {
            assertThatThrownBy(() -> NatsServer.builder().port(server.port()).start())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("port '127.0.0.1:" + server.port() + "' is already in use");
        }
    }

    @Test
    void aGivenPortIsTaken() throws IOException {
        int port = freePort();
        try (NatsServer server = NatsServer.builder().port(port).start()) {
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void aServerThatRefusesItsConfigurationIsQuoted() {
        assertThatThrownBy(
                        () -> NatsServer.builder().config("no_such_option: 1").start())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("nats-server ended with code 1 while starting. It logged:\n")
                .hasMessageContaining("unknown field \"no_such_option\"");
    }

    @Test
    void optionsReachTheServer() throws IOException {
        try (NatsServer server = NatsServer.builder()
                .monitoringPort(0)
                .maxPayload(1000)
                .syncAlways()
                .config("server_name: \"tested\"")
                .start()) {
            assertThat(monitoring(server, "varz").replace(" ", ""))
                    .contains("\"server_name\":\"tested\"", "\"max_payload\":1000", "\"sync_always\":true");
        }
        try (NatsServer server = NatsServer.builder()
                .monitoringPort(0)
                .syncInterval(Duration.ofSeconds(7))
                .start()) {
            assertThat(monitoring(server, "varz").replace(" ", "")).contains("\"sync_interval\":7000000000");
        }
    }

    @Test
    void optionsOutOfRangeAreRefusedAtOnce() {
        NatsServer.Builder builder = NatsServer.builder();
        assertThatThrownBy(() -> builder.port(65_536))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("port '65536' must be 0 to 65535");
        assertThatThrownBy(() -> builder.monitoringPort(-1)).hasMessageContaining("monitoringPort '-1'");
        assertThatThrownBy(() -> builder.maxPayload(0)).hasMessageContaining("maxPayload '0'");
        assertThatThrownBy(() -> builder.syncInterval(Duration.ZERO)).hasMessageContaining("syncInterval 'PT0S'");
        assertThatThrownBy(() -> builder.startLimit(Duration.ZERO)).hasMessageContaining("startLimit 'PT0S'");
    }

    @Test
    void manyServersRunBesideEachOther() {
        try (NatsServer one = NatsServer.start();
                NatsServer two = NatsServer.start();
                NatsServer three = NatsServer.start()) {
            assertThat(one.port()).isNotEqualTo(two.port()).isNotEqualTo(three.port());
            one.kill();
            assertThat(two.isRunning()).isTrue();
            assertThatCode(one::restart).doesNotThrowAnyException();
        }
    }

    private static void createStream(String url) throws IOException {
        try (RawClient client = RawClient.connect(url)) {
            assertThat(client.request("$JS.API.STREAM.CREATE.S", CREATE_STREAM)).contains("\"did_create\":true");
        }
    }

    private static String streamInfo(String url) throws IOException {
        try (RawClient client = RawClient.connect(url)) {
            return client.request("$JS.API.STREAM.INFO.S", "");
        }
    }

    private static Path storeOf(NatsServer server) throws IOException {
        String config = monitoring(server, "jsz");
        return Path.of(config.replaceFirst("(?s).*\"store_dir\": \"([^\"]*)\".*", "$1"));
    }

    private static String monitoring(NatsServer server, String page) throws IOException {
        return new String(
                server.monitoring()
                        .orElseThrow()
                        .resolve("/" + page)
                        .toURL()
                        .openStream()
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
