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
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(200);

    private final Command command;
    private final Clock clock;
    private final Consumer<CommandAck> reports;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable StopReason stopReason;
    private Instant interruptAt = Instant.MAX;
    private Instant nextReport = Instant.MIN;
    private @Nullable Thread thread;

    /**
     * @param reports takes progress to the backend
     */
    RunningCommand(Command command, Clock clock, Consumer<CommandAck> reports) {
        this.command = command;
        this.clock = clock;
        this.reports = reports;
    }

    Command command() {
        return command;
    }

    @Override
    public void progress(double percent, String message) {
        CommandAck report = CommandAck.progress(percent).withMessage(message);
        Instant now = clock.instant();
        synchronized (this) {
            if (now.isBefore(nextReport)) {
                return;
            }
            nextReport = now.plus(BETWEEN_REPORTS);
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
            interruptAt = clock.instant().plus(GRACE);
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
        Instant now = clock.instant();
        if (command.isExpired(now)) {
            stop(StopReason.DEADLINE);
        }
        if (thread != null && !now.isBefore(interruptAt)) {
            interruptAt = Instant.MAX;
            thread.interrupt();
        }
    }

    /** An interrupt that came as the driver returned is not for the next command. */
    private synchronized void release() {
        thread = null;
        Thread.interrupted();
    }
}
