package io.fleetsdk.server.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of the live stream. Writing never blocks: the container calls when the socket has room, so a slow reader costs its
 * queue and no thread. What is offered before the first frame is written waits behind it. Thread-safe.
 */
final class LiveClient {
    private static final Logger log = LoggerFactory.getLogger(LiveClient.class);

    /** Why it is over. */
    enum End {
        /** The reader closed the connection, or lost it. */
        GONE,
        /** The reader was too slow for what happens in the fleet. */
        FELL_BEHIND,
        /** The server ends. */
        SENT_AWAY
    }

    private final ServletOutputStream out;
    private final FrameQueue queue = new FrameQueue();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private boolean writing;
    private boolean flushed;

    LiveClient(ServletOutputStream out) {
        this.out = out;
    }

    /** Completes when it is over, in whichever way. */
    CompletableFuture<End> end() {
        return end;
    }

    /** Begins to write; called once. */
    void start(Frame first) {
        out.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() throws IOException {
                resume(first);
            }

            @Override
            public void onError(Throwable cause) {
                gone(cause);
            }
        });
    }

    /** Hands over a frame; a reader that falls too far behind is disconnected. */
    void offer(Frame frame) {
        try {
            if (!accept(frame)) {
                log.info("a live client fell behind and is disconnected");
                end(End.FELL_BEHIND);
            }
        } catch (IOException e) {
            gone(e);
        }
    }

    /** Ends the response; what waits is dropped. The first reason counts. */
    void end(End reason) {
        end.complete(reason);
    }

    synchronized long dropped() {
        return queue.dropped();
    }

    private synchronized void resume(Frame first) throws IOException {
        if (!writing) {
            writing = true;
            out.write(first.bytes());
        }
        write();
    }

    private synchronized boolean accept(Frame frame) throws IOException {
        if (end.isDone()) {
            return true;
        }
        boolean accepted = queue.add(frame);
        if (accepted && writing) {
            write();
        }
        return accepted;
    }

    /** Each write and each flush needs its own word of the container that there is room. */
    private void write() throws IOException {
        while (!end.isDone() && out.isReady()) {
            Optional<Frame> frame = queue.next();
            if (frame.isPresent()) {
                out.write(frame.get().bytes());
                flushed = false;
            } else if (flushed) {
                return;
            } else {
                out.flush();
                flushed = true;
            }
        }
    }

    private void gone(Throwable cause) {
        log.debug("a live client has gone", cause);
        end(End.GONE);
    }
}
