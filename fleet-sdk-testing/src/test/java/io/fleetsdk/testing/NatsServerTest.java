package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerTest {

    private static final String CREATE_STREAM = "{\"name\":\"S\",\"subjects\":[\"s.>\"]}";

    @Test
    void aStartedServerTakesClientsAndHasJetStreamAndFourMebibytePayloads() throws IOException {
        try (NatsServer server = NatsServer.start();
                RawClient client = RawClient.connect(server.url())) {
            assertThat(client.info())
                    .contains("\"jetstream\":true", "\"max_payload\":4194304", "\"version\":\"" + server.version());
            assertThat(server.url()).isEqualTo("nats://127.0.0.1:" + server.port());
        }
    }

    @Test
    void aKilledServerComesBackOnItsPortWithItsStreams() throws IOException {
        try (NatsServer server = NatsServer.start()) {
            String url = server.url();
            createStream(url);
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();
            assertThat(server.url()).isEqualTo(url);
            assertThat(streamInfo(url)).contains("\"subjects\":[\"s.\\u003e\"]");
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
        assertThat(Files.list(data)).isNotEmpty();
    }

    @Test
    void aPortInUseIsSaidToBe() {
        try (NatsServer server = NatsServer.start()) {
            assertThatThrownBy(() -> NatsServer.builder().port(server.port()).start())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("port '127.0.0.1:" + server.port() + "' is already in use");
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
}
