package io.fleetsdk.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Does something again and again at a steady pace, on the caller's thread. What comes late does not move what follows. */
record Pace(long stepNanos) {
    static Pace perSecond(int times) {
        return new Pace(1_000_000_000L / times);
    }

    /** One of them. */
    interface Step {
        /**
         * @param number from 0
         */
        void run(int number) throws Exception;
    }

    void run(int count, Step step) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            awaitTime(begin + i * stepNanos);
            step.run(i);
        }
    }

    static void awaitTime(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
