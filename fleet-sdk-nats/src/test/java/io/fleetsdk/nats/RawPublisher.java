package io.fleetsdk.nats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Publishes over a bare socket what no client library would send. */
final class RawPublisher implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    RawPublisher(String url) throws IOException {
        URI broker = URI.create(url);
        socket = new Socket(broker.getHost(), broker.getPort());
        out = socket.getOutputStream();
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        send("CONNECT {\"verbose\":false,\"headers\":true}\r\n");
    }

    /** Publishes, and waits until the broker has it. */
    void publish(String subject, String headers, String body) throws IOException {
        int headerBytes = headers.getBytes(StandardCharsets.UTF_8).length;
        int all = headerBytes + body.getBytes(StandardCharsets.UTF_8).length;
        send("HPUB " + subject + " " + headerBytes + " " + all + "\r\n" + headers + body + "\r\nPING\r\n");
        String answer = in.readLine();
        while (answer != null && !answer.equals("PONG")) {
            if (answer.startsWith("-ERR")) {
                throw new IOException(answer);
            }
            answer = in.readLine();
        }
    }

    private void send(String protocol) throws IOException {
        out.write(protocol.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
