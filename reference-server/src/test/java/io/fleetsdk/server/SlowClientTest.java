package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlowClientTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NOTES = "x".repeat(16_000);
    private static final int BURST = 1_500;

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @Test
    void aClientThatDoesNotReadIsDisconnectedAndHoldsUpNobody() throws IOException {
        try (Socket stuck = connect();
                EventReader reading = server.viewer().events()) {
            reading.await("snapshot");
            await().atMost(SOON).until(() -> metric("fleet_live_clients") == 2);
            for (int i = 0; i < BURST && metric("fleet_live_disconnected_total") == 0; i++) {
                server.operator().put("/api/v1/robots/RB-001", "{\"notes\":\"" + i + NOTES + "\"}");
            }
            await().atMost(SOON).until(() -> metric("fleet_live_disconnected_total") == 1);
            assertThat(metric("fleet_live_clients")).isEqualTo(1);

            server.operator().put("/api/v1/robots/RB-001", "{\"notes\":\"last\"}");
            reading.await(
                    "robot.meta.updated",
                    data -> data.at("/notes").stringValue("").equals("last"));
            assertThat(reading.hasEnded()).isFalse();
            assertThatTheRestCanBeReadAndEnds(stuck);
        }
    }

    private static void assertThatTheRestCanBeReadAndEnds(Socket stuck) throws IOException {
        stuck.setSoTimeout((int) SOON.toMillis());
        long read = 0;
        byte[] chunk = new byte[64 * 1024];
        InputStream in = stuck.getInputStream();
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            read += n;
        }
        assertThat(read).isGreaterThan(0);
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(
                new java.net.InetSocketAddress("127.0.0.1", server.server().port()));
        socket.getOutputStream()
                .write(("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ServerUnderTest.VIEWER
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int metric(String name) {
        return server.viewer()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }
}
