package io.fleetsdk.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.Set;

/**
 * A queue as it should be.
 *
 * @param name one token, none of {@link #RESERVED}
 * @param heartbeatTimeout after which a worker that says nothing loses its jobs to another, 1 s to 1 h; 30 s by default
 * @param storage FILE by default
 * @param durability of what was accepted; the broker's own by default
 */
public record JobQueueSpec(String name, Duration heartbeatTimeout, Storage storage, Durability durability) {
    /** Words that stand in a queue's place in the paths of a backend, such as {@code /api/v1/jobs/dead-letters}. */
    public static final Set<String> RESERVED = Set.of("queues", "dead-letters", "schedules", "flows", "bulk");

    /** Where waiting jobs are kept. */
    public enum Storage {
        FILE,
        /** Quicker, and gone when the broker stops. */
        MEMORY
    }

    /** What a power cut can take. */
    public enum Durability {
        /**
         * One copy, written to disk as the broker does by default: within two minutes. A crash of any process loses nothing; a power
         * cut or a kernel's crash can lose what was accepted in the last two minutes.
         */
        BROKER_DEFAULT,
        /**
         * Three copies on three brokers: losing one machine, whole, loses nothing. Needs a cluster of three. On a single
         * broker the same is had by its own setting {@code sync_interval: always}, under which every queue is safe.
         */
        REPLICATED
    }

    public JobQueueSpec {
        name = Require.token("name", name);
        if (RESERVED.contains(name)) {
            throw new InvalidInputException("name", name, "must be none of the reserved words " + RESERVED);
        }
        heartbeatTimeout =
                Times.within("heartbeatTimeout", heartbeatTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    public static JobQueueSpec of(String name) {
        return new JobQueueSpec(name, Duration.ofSeconds(30), Storage.FILE, Durability.BROKER_DEFAULT);
    }

    public JobQueueSpec withHeartbeatTimeout(Duration time) {
        return new JobQueueSpec(name, time, storage, durability);
    }

    public JobQueueSpec withStorage(Storage where) {
        return new JobQueueSpec(name, heartbeatTimeout, where, durability);
    }

    public JobQueueSpec withDurability(Durability choice) {
        return new JobQueueSpec(name, heartbeatTimeout, storage, choice);
    }
}
