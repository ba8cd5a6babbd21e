package io.fleetsdk.benchmarks;

import io.fleetsdk.testing.NatsServer;

/** When the broker forces to the disk what it has stored. */
enum Sync {
    /** Every two minutes: survives the death of the broker, not that of the machine. */
    DEFAULT("default sync") {
        @Override
        NatsServer start() {
            return NatsServer.start();
        }
    },
    /** Before it confirms. */
    ALWAYS("`sync_interval: always`") {
        @Override
        NatsServer start() {
            return NatsServer.builder().syncAlways().start();
        }
    };

    private final String words;

    Sync(String words) {
        this.words = words;
    }

    abstract NatsServer start();

    String words() {
        return words;
    }
}
