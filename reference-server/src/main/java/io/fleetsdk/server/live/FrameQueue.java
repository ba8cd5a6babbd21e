package io.fleetsdk.server.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What waits for one client, in order. Telemetry beyond its bound loses the oldest batch; state beyond its bound means that the
 * client cannot keep up. Not thread-safe.
 */
final class FrameQueue {
    /** Two seconds of batches. */
    static final int MOST_TELEMETRY = 20;

    static final int MOST_STATE = 4_000;
    static final long MOST_STATE_BYTES = 8L * 1024 * 1024;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private int telemetry;
    private long stateBytes;
    private long dropped;

    /** Whether the frame found room; where not, the queue is as before and the client lost. */
    boolean add(Frame frame) {
        if (frame.kind() == Frame.Kind.STATE && isFullFor(frame)) {
            return false;
        }
        frames.addLast(frame);
        count(frame, 1);
        if (telemetry > MOST_TELEMETRY) {
            dropOldestTelemetry();
        }
        return true;
    }

    Optional<Frame> next() {
        Optional<Frame> frame = Optional.ofNullable(frames.pollFirst());
        frame.ifPresent(f -> count(f, -1));
        return frame;
    }

    /** Telemetry batches dropped since the beginning. */
    long dropped() {
        return dropped;
    }

    private boolean isFullFor(Frame frame) {
        return frames.size() - telemetry >= MOST_STATE || stateBytes + frame.bytes().length > MOST_STATE_BYTES;
    }

    private void dropOldestTelemetry() {
        for (Iterator<Frame> oldest = frames.iterator(); oldest.hasNext(); ) {
            Frame frame = oldest.next();
            if (frame.kind() == Frame.Kind.TELEMETRY) {
                oldest.remove();
                count(frame, -1);
                dropped++;
                return;
            }
        }
    }

    private void count(Frame frame, int sign) {
        switch (frame.kind()) {
            case TELEMETRY -> telemetry += sign;
            case STATE -> stateBytes += (long) sign * frame.bytes().length;
        }
    }
}
