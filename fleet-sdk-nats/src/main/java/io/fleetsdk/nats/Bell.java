package io.fleetsdk.nats;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Wakes a thread that waits for something to do. A ring that nobody waits for counts for the next wait. Thread-safe. */
final class Bell {
    private boolean rung;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    /** Waits for a ring, for so long at most. */
    synchronized void await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (!rung && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        rung = false;
    }
}
