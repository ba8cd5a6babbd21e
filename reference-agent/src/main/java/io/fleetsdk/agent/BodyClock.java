package io.fleetsdk.agent;

import io.fleetsdk.agent.robot.SteppedRobot;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets time pass for a body of numbers, twenty times a second, on a thread of its own. */
final class BodyClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BodyClock.class);
    private static final long PERIOD_MILLIS = 50;
    /** A process that was suspended goes on where it was. */
    private static final double LONGEST_STEP_SECONDS = 0.5;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "body"));
    private final SteppedRobot body;
    private long last = System.nanoTime();

    private BodyClock(SteppedRobot body) {
        this.body = body;
    }

    static BodyClock start(SteppedRobot body) {
        BodyClock clock = new BodyClock(body);
        clock.timer.scheduleAtFixedRate(clock::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return clock;
    }

    private void tick() {
        long now = System.nanoTime();
        try {
            body.step(Math.min(LONGEST_STEP_SECONDS, (now - last) / 1e9));
        } catch (RuntimeException e) {
            // thrown on, it would end the timer, and time for this body would stand still without a word
            LOG.error("the body has failed at a step", e);
        }
        last = now;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
