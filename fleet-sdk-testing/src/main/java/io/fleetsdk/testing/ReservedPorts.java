package io.fleetsdk.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ports of a server while it is down, so that a restart finds them free. Else the system may hand one to any
 * process, and likeliest to a client that tries to reconnect: as the near end of its own connection.
 *
 * <p>Each is held by a socket that is bound and does not listen. Linux refuses connections to such a port, gives it to
 * nobody who asks for any, and lets a server listen on it that asks for it by number and, as servers do, with
 * SO_REUSEADDR. Other systems know no such sharing: there nothing is held.
 */
record ReservedPorts(Socket client, Socket monitoring, Ports ports) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReservedPorts.class);

    static ReservedPorts of(ServerConfig config, Machine machine) throws IOException {
        Socket client = new Socket();
        Socket monitoring = new Socket();
        if (!machine.system().equals("linux")) {
            return new ReservedPorts(client, monitoring, new Ports(config.port(), config.monitoring()));
        }
        OptionalInt monitoringPort = config.monitoring().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(
                        hold(monitoring, config.host(), config.monitoring().getAsInt()));
        return new ReservedPorts(
                client, monitoring, new Ports(hold(client, config.host(), config.port()), monitoringPort));
    }

    /** The number of the port; about one that cannot be had the server itself is to complain. */
    private static int hold(Socket socket, String host, int port) throws IOException {
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(host, port));
            return socket.getLocalPort();
        } catch (IOException e) {
            log.debug("{}:{} cannot be reserved", host, port, e);
            return port;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        monitoring.close();
    }
}
