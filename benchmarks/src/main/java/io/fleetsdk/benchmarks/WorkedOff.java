package io.fleetsdk.benchmarks;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;

/** The moment from which the broker has nothing more to deliver to a consumer and waits for no acknowledgement of it. */
final class WorkedOff {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private WorkedOff() {}

    static void await(JetStreamManagement management, String stream, String consumer)
            throws IOException, JetStreamApiException {
        long end =
                System.nanoTime() + Duration.ofSeconds(Testbed.PATIENCE_SECONDS).toNanos();
        ConsumerInfo info = management.getConsumerInfo(stream, consumer);
        while (info.getNumPending() + info.getNumAckPending() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(info.getNumPending() + " messages wait and " + info.getNumAckPending()
                        + " are not acknowledged at consumer " + consumer + " of " + stream);
            }
            Pace.awaitTime(System.nanoTime() + LOOK_AGAIN.toNanos());
            info = management.getConsumerInfo(stream, consumer);
        }
    }
}
