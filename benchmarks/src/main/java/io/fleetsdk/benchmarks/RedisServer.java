package io.fleetsdk.benchmarks;

import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** An empty Redis on a free port of this machine, which appends each change to a file. What it stored goes with it. */
final class RedisServer implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final int LOOKS = 1_000;

    /** When what was appended is forced to the disk. */
    enum Fsync {
        EVERYSEC,
        ALWAYS
    }

    private final Path directory;
    private final int port;
    private final Program program;

    private RedisServer(Path directory, int port, Program program) {
        this.directory = directory;
        this.port = port;
        this.program = program;
    }

    static RedisServer start(Path parent, Fsync fsync) throws IOException {
        Path directory = Files.createTempDirectory(parent, "redis");
        int port = freePort();
        List<String> arguments = List.of(
                "--bind", InetAddress.getLoopbackAddress().getHostAddress(),
                "--port", String.valueOf(port),
                "--dir", directory.toString(),
                "--save", "",
                "--appendonly", "yes",
                "--appendfsync", fsync.name().toLowerCase(Locale.ROOT));
        return new RedisServer(directory, port, Program.start(directory, "redis-server", arguments));
    }

    /** The port, as soon as it answers there. */
    int awaitPort() throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS && !program.endsWithin(LOOK_AGAIN); look++) {
            if (answers()) {
                return port;
            }
        }
        throw new UnavailableException(
                "not measured: redis-server did not start and printed:\n" + program.printed(), null);
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program.close();
        Testbed.delete(directory);
    }
}
