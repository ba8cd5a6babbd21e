package io.fleetsdk.nats.internal.job;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The pause of a queue: the truth is in its settings, and the broker's pause of every lane follows it. */
final class QueuePause {
    static final ZonedDateTime FOR_EVER = ZonedDateTime.of(2200, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /**
     * Only a pause that runs out wakes the pulls that wait; one that is taken back does not. Long enough to lie ahead when the broker
     * hears of it.
     */
    private static final Duration LAST_MOMENT = Duration.ofMillis(200);

    private final JobBroker broker;
    private final QueueSettings settings;
    private final BrokerTime time;

    QueuePause(JobBroker broker, QueueSettings settings, BrokerTime time) {
        this.broker = broker;
        this.settings = settings;
        this.time = time;
    }

    boolean isPaused(String queue) {
        return settings.of(queue).isPaused();
    }

    /** Makes a lane's consumer as the settings say; again, should they change meanwhile. */
    void apply(String queue, String stream, String consumer) {
        boolean paused;
        do {
            paused = isPaused(queue);
            ZonedDateTime until =
                    paused ? FOR_EVER : time.now().plus(LAST_MOMENT).atZone(ZoneOffset.UTC);
            broker.call(
                    "pause or resume " + consumer, () -> broker.management().pauseConsumer(stream, consumer, until));
        } while (paused != isPaused(queue));
    }
}
