package io.fleetsdk.server.live;

import java.nio.charset.StandardCharsets;

/**
 * One server-sent event as bytes, shared by all clients; nobody changes the array.
 *
 * @param kind what may be done with it when a client is slow
 */
record Frame(Kind kind, byte[] bytes) {
    /** How much a client needs it. */
    enum Kind {
        /** The next batch says it again: the oldest is dropped first. */
        TELEMETRY,
        /** A client that misses one shows something wrong: it is told all or disconnected. */
        STATE
    }

    static final Frame KEEP_ALIVE = new Frame(Kind.TELEMETRY, ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));

    /**
     * @param json one line
     */
    static Frame of(Kind kind, String event, byte[] json) {
        byte[] head = ("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[head.length + json.length + 2];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(json, 0, bytes, head.length, json.length);
        bytes[bytes.length - 2] = '\n';
        bytes[bytes.length - 1] = '\n';
        return new Frame(kind, bytes);
    }
}
