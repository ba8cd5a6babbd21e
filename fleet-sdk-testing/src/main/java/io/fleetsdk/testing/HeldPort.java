package io.fleetsdk.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a port of a server while it is down, so that a restart finds it free. Else the system may hand it to any process, and
 * likeliest to a client that tries to reconnect: as the near end of its own connection.
 *
 * <p>It is held by a socket that is bound and does not listen. Linux refuses connections to such a port, gives it to nobody who asks
 * for any, and lets a server listen on it that asks for it by number and, as servers do, with SO_REUSEADDR. Other systems know no
 * such sharing: there nothing is held.
 */
record HeldPort(Socket socket, int number) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeldPort.class);

    static HeldPort of(String host, int port, Machine machine) throws IOException {
        Socket socket = new Socket();
        return new HeldPort(socket, machine.system().equals("linux") ? hold(socket, host, port) : port);
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
        socket.close();
    }
}
