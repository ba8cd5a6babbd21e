package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.nats.client.PurgeOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears acknowledged jobs out of a queue's stream: up to the first one of each lane that is not. Any worker may, at any time. */
final class LaneHousekeeping {
    private static final Logger log = LoggerFactory.getLogger(LaneHousekeeping.class);

    private final JobBroker broker;
    private final String stream;
    private final Map<Lane, Long> cleared = new ConcurrentHashMap<>();

    LaneHousekeeping(JobBroker broker, String stream) {
        this.broker = broker;
        this.stream = stream;
    }

    /**
     * A failure is logged; the next time clears what this one did not.
     *
     * @param floors up to which number each lane's jobs are acknowledged
     */
    void clear(Map<Lane, Long> floors) {
        floors.forEach((lane, floor) -> {
            try {
                clear(lane, floor);
            } catch (FleetException e) {
                log.debug("Lane {} was not cleared", lane, e);
            }
        });
    }

    private void clear(Lane lane, long floor) {
        if (floor > cleared.getOrDefault(lane, 0L)) {
            PurgeOptions below = PurgeOptions.builder()
                    .subject(lane.jobs())
                    .sequence(floor + 1)
                    .build();
            broker.call("clear lane " + lane, () -> broker.management().purgeStream(stream, below));
            cleared.put(lane, floor);
        }
    }
}
