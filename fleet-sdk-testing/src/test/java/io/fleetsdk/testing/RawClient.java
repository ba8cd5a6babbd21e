package io.fleetsdk.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The NATS protocol by hand, so that this module needs no client library. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader reader;
    private final String info;

    private RawClient(Socket socket, String name) throws IOException {
        this.socket = socket;
        this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.info = reader.readLine();
        send("CONNECT {\"verbose\":false,\"headers\":true,\"no_responders\":true,\"name\":\"" + name + "\"}");
        flush();
    }

    static RawClient connect(String url) throws IOException {
        return connect(url, "");
    }

    static RawClient connect(String url, String name) throws IOException {
        URI address = URI.create(url);
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(5_000);
        return new RawClient(socket, name);
    }

    /** The server's first line, {@code INFO {…}}. */
    String info() {
        return info;
    }

    /** The payload of the reply, or the header line of a reply without one. */
    String request(String subject, String payload) throws IOException {
        send("SUB _INBOX.raw 1");
        send("UNSUB 1 1");
        send("PUB " + subject + " _INBOX.raw " + payload.getBytes(StandardCharsets.UTF_8).length);
        send(payload);
        return payloadOfNextMessage();
    }

    void subscribe(String subject) throws IOException {
        send("SUB " + subject + " 2");
        flush();
    }

    void publish(String subject, String payload) throws IOException {
        send("PUB " + subject + " " + payload.getBytes(StandardCharsets.UTF_8).length);
        send(payload);
    }

    String payloadOfNextMessage() throws IOException {
        String line = reader.readLine();
        while (!line.startsWith("MSG") && !line.startsWith("HMSG")) {
            line = reader.readLine();
        }
        return reader.readLine();
    }

    private void flush() throws IOException {
        send("PING");
        String line = reader.readLine();
        while (!line.equals("PONG")) {
            line = reader.readLine();
        }
    }

    private void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
