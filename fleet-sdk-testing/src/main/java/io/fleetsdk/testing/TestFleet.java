package io.fleetsdk.testing;

import io.fleetsdk.Fleet;
import java.util.function.Function;

/** The fleet of one test class and what is under it. */
record TestFleet(NatsServer server, Fleet fleet, LeakCheck leaks) implements AutoCloseable {

    static TestFleet start(Function<String, ? extends Fleet> connect) {
        NatsServer server = NatsServer.builder().monitoringPort(0).start();
        try {
            LeakCheck leaks = LeakCheck.beginning();
            return new TestFleet(server, connect.apply(server.url()), leaks);
        } catch (RuntimeException | Error e) {
            try (server) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        try (server) {
            fleet.close();
            leaks.verify(server);
        }
    }
}
