package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.nats.internal.job.ControlKeys.Entry;
import io.nats.client.PublishOptions;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's share of a queue's concurrency: a key of its own that says how many jobs it may have at once, and ends after 10 s unless
 * it is renewed. A share grows only if no other one has changed since they were added up.
 */
final class PermitShare {
    private static final Logger log = LoggerFactory.getLogger(PermitShare.class);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final int TRIES = 6;

    /** What the key holds. */
    private record Share(int jobs) {}

    private final ControlKeys keys;
    private final String all;
    private final String own;
    private volatile long confirmedAt = System.nanoTime() - LEASE.toNanos();

    PermitShare(ControlKeys keys, String queue, String worker) {
        this.keys = keys;
        this.all = "permit." + queue + ".*";
        this.own = "permit." + queue + "." + worker;
    }

    /**
     * Grows or shrinks the share as far as the limit allows.
     *
     * @param least that it has in any case, for so many jobs are running
     * @param wanted at least as many
     * @return how large it is now; least if others come in between all the time
     */
    int resize(int least, int wanted, int limit) {
        for (int i = 0; i < TRIES; i++) {
            List<Entry<Share>> shares = keys.list(all, Share.class);
            int others = shares.stream()
                    .filter(share -> !share.key().equals(own))
                    .flatMap(share -> share.value().stream())
                    .mapToInt(Share::jobs)
                    .sum();
            int size = Math.max(least, Math.min(wanted, limit - others));
            if (size == mine(shares) || replaced(size, shares)) {
                return size;
            }
        }
        return least;
    }

    private int mine(List<Entry<Share>> shares) {
        return shares.stream()
                .filter(share -> share.key().equals(own))
                .flatMap(share -> share.value().stream())
                .mapToInt(Share::jobs)
                .sum();
    }

    private boolean replaced(int size, List<Entry<Share>> shares) {
        long last = shares.stream().mapToLong(Entry::revision).max().orElse(ControlKeys.NONE);
        PublishOptions unchanged = ControlKeys.lasting(LEASE)
                .expectedLastSubjectSequence(last)
                .expectedLastSubjectSequenceSubject(keys.subject(all))
                .build();
        long asked = System.nanoTime();
        try {
            keys.write(own, new Share(size), unchanged);
            confirmedAt = asked;
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }

    /** Says again, without waiting, how large the share is. A smaller one may be said at any time; should this fail, the old one ends. */
    void say(int size) {
        long asked = System.nanoTime();
        keys.writeFor(own, new Share(size), LEASE)
                .thenRun(() -> confirmedAt = asked)
                .exceptionally(failure -> {
                    log.debug("The share {} is not renewed", own, failure);
                    return null;
                });
    }

    /** Whether others may have taken what this share was, because nothing was heard from here for too long. */
    boolean hasLapsed() {
        return System.nanoTime() - confirmedAt > LEASE.toNanos();
    }

    void giveUp() {
        keys.remove(own);
    }
}
