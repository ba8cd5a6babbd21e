package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.job.QueueLimits.Rate;
import io.fleetsdk.nats.internal.job.ControlKeys.Entry;

/** The rate of a queue's starts: one key, counted on by whoever is first. */
final class RatePermits {
    /** More workers than this that want a permit in the same moment come again later. */
    private static final int TRIES = 6;

    private final ControlKeys keys;
    private final BrokerTime time;
    private final String key;

    RatePermits(ControlKeys keys, BrokerTime time, String queue) {
        this.keys = keys;
        this.time = time;
        this.key = "rate." + queue;
    }

    /** How many of so many may start now. */
    int take(int wanted, Rate rate) {
        for (int i = 0; i < TRIES; i++) {
            Entry<RateWindow> before = keys.read(key, RateWindow.class);
            RateWindow window =
                    before.value().orElseGet(() -> RateWindow.empty(rate)).at(time.now(), rate);
            int taken = Math.min(wanted, window.room(rate));
            if (taken == 0 || replaced(before, window.plus(taken))) {
                return taken;
            }
        }
        return 0;
    }

    /** Gives back what was not started. */
    void giveBack(int unused) {
        keys.update(key, RateWindow.class, before -> before.map(window -> window.minus(unused)));
    }

    private boolean replaced(Entry<RateWindow> before, RateWindow after) {
        try {
            keys.write(key, after, ControlKeys.after(before.revision()));
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }
}
