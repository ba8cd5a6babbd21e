package io.fleetsdk.testing;

/** A place has no nats-server for us; the message says why, and the search goes on with the next place. */
final class NoBinaryException extends Exception {

    private static final long serialVersionUID = 1L;

    NoBinaryException(String reason) {
        super(reason);
    }

    NoBinaryException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
