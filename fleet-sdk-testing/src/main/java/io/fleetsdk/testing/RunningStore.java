package io.fleetsdk.testing;

/** One run of an object server. Stopping twice is stopping once. */
sealed interface RunningStore permits EmbeddedStore, StoreProcess {
    boolean isRunning();

    void stop();

    void kill();
}
