package io.fleetsdk.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A line to a server that can be cut and mended, while others still reach the server. */
final class CutLine implements AutoCloseable {
    private final int target;
    private final ServerSocket door;
    private final List<Socket> open = new ArrayList<>();
    private boolean cut;

    CutLine(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::welcome);
    }

    String url() {
        return "nats://127.0.0.1:" + door.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
        open.forEach(CutLine::hangUp);
        open.clear();
    }

    synchronized void mend() {
        cut = false;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private synchronized void connect(Socket caller) throws IOException {
        if (cut) {
            hangUp(caller);
            return;
        }
        Socket called;
        try {
            called = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (ConnectException e) {
            hangUp(caller);
            return;
        }
        open.add(caller);
        open.add(called);
        daemon(() -> carry(caller, called));
        daemon(() -> carry(called, caller));
    }

    private static void carry(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            hangUp(from);
            hangUp(to);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cut-line");
        thread.setDaemon(true);
        thread.start();
    }
}
