package io.fleetsdk.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** From when to when each of so many things took; they begin and end on different threads. */
final class Spans {
    private final AtomicLongArray begun;
    private final AtomicLongArray ended;
    private final CountDownLatch missing;

    Spans(int count) {
        this.begun = new AtomicLongArray(count);
        this.ended = new AtomicLongArray(count);
        this.missing = new CountDownLatch(count);
    }

    void begin(int number) {
        begun.set(number, System.nanoTime());
    }

    /** Only the first end counts. */
    void end(int number) {
        if (ended.compareAndSet(number, 0, System.nanoTime())) {
            missing.countDown();
        }
    }

    /** Waits for every end. */
    Latencies await() throws InterruptedException {
        if (!missing.await(Testbed.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(missing.getCount() + " of " + begun.length() + " have not ended");
        }
        Latencies latencies = new Latencies();
        IntStream.range(0, begun.length()).forEach(i -> latencies.add(ended.get(i) - begun.get(i)));
        return latencies;
    }
}
