package io.fleetsdk.testing;

import org.junit.jupiter.api.AfterEach;

/** The first way: a process of this machine. */
class ProcessBrokerTest implements BrokerContract {

    private final NatsServer server = NatsServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public void restart() {
        server.restart();
    }
}
