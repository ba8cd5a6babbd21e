package io.fleetsdk;

/** A running delivery of messages to a handler. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /** Messages the declared overflow policy has discarded because the handler was slower than the arrivals. */
    default long dropped() {
        return 0;
    }

    /** Ends delivery; the handler is not called again after this returns. Idempotent; throws nothing. */
    @Override
    void close();
}
