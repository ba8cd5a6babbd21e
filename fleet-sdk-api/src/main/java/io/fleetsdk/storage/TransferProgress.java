package io.fleetsdk.storage;

/**
 * Told how far a transfer is: now and then, always at its end, from one thread at a time but not always the caller's. The figure
 * never falls. Must return soon; what it throws ends the transfer.
 */
@FunctionalInterface
public interface TransferProgress {
    /**
     * @param transferred bytes so far
     * @param total bytes in all
     */
    void transferred(long transferred, long total);

    /** Tells nobody. */
    static TransferProgress none() {
        return (transferred, total) -> {};
    }
}
