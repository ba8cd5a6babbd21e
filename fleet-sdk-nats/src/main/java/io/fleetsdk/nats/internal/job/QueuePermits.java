package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.QueueLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's part of the limits that all workers of a queue keep together. One instance per worker. A worker asks before it pulls,
 * so that what it may not start stays with the broker. What it no longer uses it keeps for 50 ms, for then it needs no round trip
 * for a next job, and gives back after that. A worker that cannot reach the broker starts nothing beyond what it has. Thread-safe.
 */
final class QueuePermits implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(QueuePermits.class);
    private static final Duration RENEWAL = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration KEPT_UNUSED = Duration.ofMillis(50);

    private final String queue;
    private final QueueSettings settings;
    private final ScheduledExecutorService ticker;
    private final PermitShare share;
    private final RatePermits rates;
    private final List<Future<?>> ticks = new ArrayList<>();
    private volatile QueueLimits limits = QueueLimits.none();
    private int running;
    private int held;
    private int neverStarted;
    /** Whether all shares together may be more than the limit: then what gets free here is not used again unasked. */
    private boolean inDoubt;

    private boolean giveBackIsDue;
    private boolean closed;

    QueuePermits(JobParts parts, String queue, String worker) {
        this.queue = queue;
        this.settings = parts.settings();
        this.ticker = parts.broker().ticker();
        this.share = new PermitShare(parts.keys(), queue, worker);
        this.rates = new RatePermits(parts.keys(), parts.time(), queue);
    }

    /** To be called once, before anything is taken. */
    synchronized QueuePermits start() {
        limits = settings.of(queue).limitsOrNone();
        every(RENEWAL, this::renew);
        every(LOOK_AGAIN, this::changed);
        return this;
    }

    private void every(Duration period, Runnable work) {
        long millis = period.toMillis();
        ticks.add(ticker.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS));
    }

    /**
     * How many jobs may be started now, up to so many; they count as started. Without limits at once and always all. To be called also
     * without limits, so that what runs counts when there will be one.
     *
     * @param wanted at least 1
     * @return 0 to wanted; 0 means ask again after 50 ms
     */
    synchronized int take(int wanted) {
        QueueLimits now = limits;
        try {
            int places = now.concurrency().isPresent()
                    ? places(wanted, now.concurrency().getAsInt())
                    : wanted;
            int started = places > 0 && now.rate().isPresent()
                    ? rates.take(places, now.rate().get())
                    : places;
            running += started;
            return started;
        } catch (FleetException e) {
            log.debug("The limits of {} cannot be asked for; nothing starts", queue, e);
            return 0;
        } finally {
            giveBackSoon();
        }
    }

    private int places(int wanted, int limit) {
        inDoubt |= share.hasLapsed();
        if (inDoubt || held <= running) {
            held = share.resize(running, running + wanted, limit);
            inDoubt &= held <= running;
        }
        return Math.min(wanted, held - running);
    }

    /** Gives back so many of what was taken and never started (no job was there), or has ended. */
    synchronized void giveBack(int ended, int unused) {
        running = Math.max(0, running - ended - unused);
        neverStarted += limits.rate().isPresent() ? unused : 0;
        giveBackSoon();
    }

    private void giveBackSoon() {
        if (!giveBackIsDue && !closed && (neverStarted > 0 || held > running)) {
            giveBackIsDue = true;
            ticker.schedule(this::giveBackUnused, KEPT_UNUSED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void giveBackUnused() {
        giveBackIsDue = false;
        try {
            if (held > running && !closed) {
                held = running;
                share.say(held);
            }
            if (neverStarted > 0) {
                int unused = neverStarted;
                neverStarted = 0;
                rates.giveBack(unused);
            }
        } catch (FleetException e) {
            log.debug("Some permits of {} are lost to this period", queue, e);
        }
    }

    private synchronized void renew() {
        if (held > 0 && !closed) {
            inDoubt |= share.hasLapsed();
            share.say(held);
        }
    }

    /** Looks at the limits again: to be called when the queue's settings have changed. */
    void changed() {
        try {
            follow(settings.of(queue).limitsOrNone());
        } catch (FleetException e) {
            log.debug("The limits of {} cannot be read; the last known ones stay", queue, e);
        }
    }

    private synchronized void follow(QueueLimits now) {
        if (!limits.equals(now) && !closed) {
            limits = now;
            inDoubt = true;
            held = now.concurrency().isPresent() ? running : 0;
            renew();
        }
    }

    /** Whether the queue has limits at all. */
    boolean limited() {
        return limits.concurrency().isPresent() || limits.rate().isPresent();
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticks.forEach(tick -> tick.cancel(false));
        try {
            if (held > 0) {
                share.giveUp();
            }
        } catch (FleetException e) {
            log.debug("The permits of a worker of {} end with their lease", queue, e);
        }
    }
}
