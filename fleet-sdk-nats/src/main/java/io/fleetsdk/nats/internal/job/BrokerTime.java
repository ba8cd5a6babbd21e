package io.fleetsdk.nats.internal.job;

import java.time.Duration;
import java.time.Instant;

/** The broker's clock, which all workers share: asked for once a minute, and counted on in between. Thread-safe. */
final class BrokerTime {
    private static final long GOOD_FOR = Duration.ofMinutes(1).toNanos();

    private record Reading(Instant time, long at) {}

    private final JobBroker broker;
    private Reading last = new Reading(Instant.EPOCH, System.nanoTime() - GOOD_FOR);

    BrokerTime(JobBroker broker) {
        this.broker = broker;
    }

    /**
     * @throws io.fleetsdk.UnavailableException if the broker has to be asked and does not answer
     */
    synchronized Instant now() {
        if (System.nanoTime() - last.at() >= GOOD_FOR) {
            last = read();
        }
        return last.time().plusNanos(System.nanoTime() - last.at());
    }

    /** The answer was written about half way between question and answer. */
    private Reading read() {
        long asked = System.nanoTime();
        Instant time = broker.call(
                        "read the broker's time",
                        () -> broker.management()
                                .getStreamInfo(broker.controlStream())
                                .getTimestamp())
                .toInstant();
        return new Reading(time, asked + (System.nanoTime() - asked) / 2);
    }
}
