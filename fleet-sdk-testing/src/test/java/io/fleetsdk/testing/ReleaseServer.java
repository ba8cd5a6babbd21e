package io.fleetsdk.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves one archive as the official host does: the address of a release leads on to that of a file. */
final class ReleaseServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger downloads = new AtomicInteger();
    private final HttpServer http;

    private ReleaseServer(HttpServer http) {
        this.http = http;
    }

    static ReleaseServer of(String file, byte[] archive) throws IOException {
        ReleaseServer server =
                new ReleaseServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.http.setExecutor(server.threads);
        server.http.createContext("/releases/v2.15.0/" + file, exchange -> {
            exchange.getResponseHeaders().add("Location", "/storage/" + file);
            answer(exchange, 302, new byte[0]);
        });
        server.http.createContext("/storage/" + file, exchange -> {
            server.downloads.incrementAndGet();
            answer(exchange, 200, archive);
        });
        server.http.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    URI releases() {
        return URI.create("http://localhost:" + http.getAddress().getPort() + "/releases/");
    }

    int downloads() {
        return downloads.get();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
