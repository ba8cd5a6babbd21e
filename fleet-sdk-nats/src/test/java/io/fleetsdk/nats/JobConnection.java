package io.fleetsdk.nats;

import io.fleetsdk.nats.internal.job.JobBroker;

/** A process's connection as the parts of jobs see it, for tests of single parts. */
public final class JobConnection implements AutoCloseable {
    private final Broker broker;

    private JobConnection(Broker broker) {
        this.broker = broker;
    }

    /** Connects to a broker, and applies the topology where it is missing. */
    public static JobConnection open(String url) {
        NatsOptions options = NatsOptions.of(url);
        NatsFleet.applyTopology(options);
        return new JobConnection(Broker.connect(options));
    }

    public JobBroker broker() {
        return JobBrokers.of(broker);
    }

    @Override
    public void close() {
        broker.close();
    }
}
