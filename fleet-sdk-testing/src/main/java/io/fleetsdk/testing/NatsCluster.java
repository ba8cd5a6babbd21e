package io.fleetsdk.testing;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.internal.Require;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several real nats-servers that are one cluster, owned by this object: each a {@link NatsServer} that can be killed and restarted. The
 * servers elect their leader within some seconds after the start; until then they refuse to create streams.
 */
public final class NatsCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final List<Socket> reserved = new ArrayList<>();
    private final List<NatsServer> servers = new ArrayList<>();

    private NatsCluster() {}

    /**
     * Starts a cluster; its servers are named {@code n0}, {@code n1} and so on.
     *
     * @param size 1 to 7
     * @throws UnavailableException if no usable nats-server is found or one does not start; the message says why
     */
    public static NatsCluster start(int size) {
        Require.within("size", size, 1, 7);
        NatsCluster cluster = new NatsCluster();
        try {
            cluster.open(size);
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e instanceof RuntimeException known
                    ? known
                    : new UnavailableException("no ports for a cluster: " + e.getMessage(), e);
        }
    }

    private void open(int size) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ports.add(reservedPort());
        }
        IntStream.range(0, size)
                .mapToObj(i -> NatsServer.builder().config(config(i, ports)))
                .forEach(builder -> servers.add(builder.start()));
    }

    /** Kept for restarts where the system lets a server listen beside the reservation: see {@link ReservedPorts}. */
    private int reservedPort() throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(HOST, 0));
        int port = socket.getLocalPort();
        if (Machine.current().system().equals("linux")) {
            reserved.add(socket);
        } else {
            socket.close();
        }
        return port;
    }

    private static String config(int index, List<Integer> ports) {
        String routes = ports.stream()
                .map(port -> "\"nats://" + HOST + ":" + port + "\"")
                .collect(Collectors.joining(", "));
        return """
                server_name: "n%d"
                cluster {
                  name: "fleet"
                  listen: "%s:%d"
                  routes: [%s]
                }
                """.formatted(index, HOST, ports.get(index), routes);
    }

    /** By name. */
    public List<NatsServer> servers() {
        return List.copyOf(servers);
    }

    @Override
    public void close() {
        servers.forEach(NatsServer::close);
        for (Socket socket : reserved) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UnavailableException("a reserved port was not given back: " + e.getMessage(), e);
            }
        }
    }
}
