package io.fleetsdk.agent;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.edge.CommandContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The context of a command that a test carries out without an agent. */
public final class TestContext implements CommandContext {
    private final List<Double> progress = new CopyOnWriteArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Asks the command to stop. */
    public void cancel() {
        stop.countDown();
    }

    /** Every percentage reported, in order. */
    public List<Double> progress() {
        return List.copyOf(progress);
    }

    @Override
    public void progress(double percent, String message) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new InvalidInputException("percent", percent, "must be from 0 to 100");
        }
        progress.add(percent);
    }

    @Override
    public Optional<StopReason> stopReason() {
        return stop.getCount() == 0 ? Optional.of(StopReason.CANCELLED) : Optional.empty();
    }

    @Override
    public boolean awaitStop(Duration atMost) throws InterruptedException {
        return stop.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
