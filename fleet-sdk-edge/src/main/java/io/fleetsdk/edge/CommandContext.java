package io.fleetsdk.edge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a driver needs while it carries out one command. Thread-safe. */
public interface CommandContext {
    /**
     * Reports how far the command is. Returns at once; of reports that follow each other faster than five a second only some
     * are sent.
     *
     * @param percent 0 to 100
     * @param message what is being done
     * @throws io.fleetsdk.InvalidInputException if the percentage is out of range
     */
    void progress(double percent, String message);

    /** Why the command should stop now; empty while it should go on. Once set it stays. */
    Optional<StopReason> stopReason();

    /**
     * Waits until the command should stop, at most for so long: the way to pause in a command.
     *
     * @return whether the command should stop
     */
    boolean awaitStop(Duration atMost) throws InterruptedException;

    /** By when the command must have ended; the agent sets the stop reason by itself when it has passed. */
    Optional<Instant> deadline();

    /** The agent's clock. */
    Clock clock();

    /** Why a running command should stop. */
    enum StopReason {
        /** Somebody has cancelled it. */
        CANCELLED,
        /** Its deadline has passed. */
        DEADLINE,
        /** An emergency stop is latched; the driver has been stopped already. */
        EMERGENCY_STOP,
        /** The agent is closing. */
        SHUTDOWN
    }
}
