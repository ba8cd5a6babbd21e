package io.fleetsdk.nats.internal.job;

import io.fleetsdk.protocol.JobSubjects.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The jobs that a worker has at hand: pulled and not begun. As many as its free handlers need, and beyond that what they finish within
 * some 20 ms, so that quick jobs are pulled by the hundred and slow ones by need. Thread-safe.
 */
final class JobsAtHand implements AutoCloseable {
    private static final Duration LONGEST_AT_HAND = Duration.ofMillis(500);
    private static final Duration BETWEEN_PERMITS = Duration.ofMillis(50);
    /** Well below the shortest heartbeat time-out, 1 s. */
    private static final Duration LONGEST_UNKEPT = Duration.ofMillis(300);

    private static final int MOST_AHEAD = 2_000;
    private static final int AHEAD_MILLIS = 20;

    private final int concurrency;
    private final QueuePermits permits;
    private final Consumer<PulledJob> handBack;
    private final LanePuller puller;
    private final BlockingQueue<PulledJob> buffer = new LinkedBlockingQueue<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private volatile int ahead;
    private volatile boolean open;
    private long doneBefore;

    /**
     * @param handBack gives a job back to its queue
     */
    JobsAtHand(String queue, int concurrency, JobParts parts, QueuePermits permits, Consumer<PulledJob> handBack) {
        this.concurrency = concurrency;
        this.permits = permits;
        this.handBack = handBack;
        this.puller = new LanePuller(parts.broker(), parts.streams().of(queue), new Taker());
    }

    /** Listens to these lanes, but pulls nothing before {@link #resume}. */
    void open(Collection<Lane> lanes) {
        puller.open(lanes);
    }

    void resume() {
        open = true;
        puller.resume();
    }

    /** Pulls no more, and hands back what is at hand. */
    void pause() {
        open = false;
        puller.pause();
        handBackAll();
    }

    void know(Collection<Lane> lanes) {
        puller.know(lanes);
    }

    /** Runs the next job with this, when there is one and the queue's limits let it start. */
    void runNext(Consumer<PulledJob> run) throws InterruptedException {
        PulledJob next = buffer.poll();
        if (next == null) {
            puller.pull();
            next = buffer.take();
        }
        busy.incrementAndGet();
        try {
            if (isPermitted(next)) {
                runPermitted(next, run);
            } else {
                handBack.accept(next);
            }
        } finally {
            busy.decrementAndGet();
            puller.pull();
        }
    }

    private void runPermitted(PulledJob job, Consumer<PulledJob> run) {
        try {
            run.accept(job);
        } finally {
            done.increment();
            permits.giveBack(1, 0);
        }
    }

    /** Waits for the queue's limits; false once no more jobs are taken. */
    private boolean isPermitted(PulledJob job) throws InterruptedException {
        boolean permitted = job.permitted() || permits.take(1) == 1;
        long kept = System.nanoTime();
        while (!permitted && open) {
            if (System.nanoTime() - kept > LONGEST_UNKEPT.toNanos()) {
                kept = System.nanoTime();
                JobRunner.keep(job.message());
            }
            synchronized (permits) {
                TimeUnit.MILLISECONDS.timedWait(permits, BETWEEN_PERMITS.toMillis());
            }
            permitted = permits.take(1) == 1;
        }
        return permitted;
    }

    /** To be called in even periods: adjusts how much to have at hand, and passes on what was pulled too early. */
    void pulse(Duration period) {
        long now = done.sum();
        long lately = now - doneBefore;
        doneBefore = now;
        ahead = permits.limited() ? 0 : (int) Math.min(MOST_AHEAD, lately * AHEAD_MILLIS / period.toMillis());
        PulledJob first = buffer.peek();
        if (first != null && System.nanoTime() - first.pulledAt() > LONGEST_AT_HAND.toNanos()) {
            handBackAll();
        }
        puller.forgetSilent();
        puller.pull();
    }

    private void handBackAll() {
        List<PulledJob> waiting = new ArrayList<>();
        buffer.drainTo(waiting);
        waiting.forEach(handBack);
        permits.giveBack(0, (int) waiting.stream().filter(PulledJob::permitted).count());
    }

    @Override
    public void close() {
        open = false;
        puller.close();
    }

    /** What the puller asks. */
    private final class Taker implements LanePuller.Taker {
        @Override
        public int room(int onTheirWay) {
            int target = concurrency + ahead;
            int room = target - busy.get() - buffer.size() - onTheirWay;
            boolean runsDry = buffer.isEmpty() && onTheirWay == 0;
            return runsDry || room >= Math.min(target, MOST_AHEAD / 4) / 2 ? room : 0;
        }

        @Override
        public int permits(int wanted) {
            return permits.take(wanted);
        }

        @Override
        public void unused(int count) {
            if (count > 0) {
                permits.giveBack(0, count);
            }
        }

        @Override
        public void take(PulledJob job) {
            buffer.add(job);
        }
    }
}
