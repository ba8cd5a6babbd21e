package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one command that is being carried out. Thread-safe. */
final class RunningCommand implements CommandContext {
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(200);

    private final Command command;
    private final Clock clock;
    private final Duration grace;
    private final Consumer<CommandAck> reports;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable StopReason stopReason;
    /** Of the machine's steady time, which no correction of its clock moves; set with the reason. */
    private long interruptAt;

    private long nextReport = System.nanoTime();
    private @Nullable Thread thread;

    /**
     * @param grace how long a driver may take to return after a stop, before it is interrupted
     * @param reports takes progress to the backend
     */
    RunningCommand(Command command, Clock clock, Duration grace, Consumer<CommandAck> reports) {
        this.command = command;
        this.clock = clock;
        this.grace = grace;
        this.reports = reports;
    }

    Command command() {
        return command;
    }

    @Override
    public void progress(double percent, String message) {
        CommandAck report = CommandAck.progress(percent).withMessage(message);
        long now = System.nanoTime();
        synchronized (this) {
            if (now - nextReport < 0) {
                return;
            }
            nextReport = now + BETWEEN_REPORTS.toNanos();
        }
        reports.accept(report);
    }

    @Override
    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    @Override
    public boolean awaitStop(Duration atMost) throws InterruptedException {
        return stop.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Optional<Instant> deadline() {
        return command.deadline();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    /** Asks the driver to stop, for the first reason given; interrupts it when it has not returned after the grace. */
    synchronized void stop(StopReason reason) {
        if (stopReason == null) {
            stopReason = reason;
            interruptAt = System.nanoTime() + grace.toNanos();
            stop.countDown();
        }
    }

    /** Runs the driver on this thread, which may be interrupted until this returns and not after. */
    CommandOutcome carryOut(RobotDriver driver) throws InterruptedException {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        try {
            return driver.execute(command, this);
        } finally {
            release();
        }
    }

    /** To be called often: stops at the deadline, and interrupts a driver that does not return. */
    synchronized void tick() {
        if (command.isExpired(clock.instant())) {
            stop(StopReason.DEADLINE);
        }
        if (thread != null && stopReason != null && System.nanoTime() - interruptAt >= 0) {
            interruptAt += grace.toNanos();
            thread.interrupt();
        }
    }

    /** An interrupt that came as the driver returned is not for the next command. */
    private synchronized void release() {
        thread = null;
        Thread.interrupted();
    }
}
