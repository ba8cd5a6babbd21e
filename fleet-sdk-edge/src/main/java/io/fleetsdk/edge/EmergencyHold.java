package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.link.RobotLink.StopScope;
import io.fleetsdk.link.RobotLink.StopSignal;
import io.fleetsdk.link.RobotLink.StopSource;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the robot stopped while an emergency stop is latched. The driver is stopped first, then the latch goes to disk, then
 * the rest of the agent hears of it. What the driver refused is tried again with each {@link #retry}, what the disk refused
 * with each signal. Thread-safe.
 */
final class EmergencyHold {
    private static final Logger log = LoggerFactory.getLogger(EmergencyHold.class);

    private final GuardedDriver driver;
    private final StateFile<StopLatches> file;
    private final Clock clock;
    private volatile StopLatches latches = StopLatches.never();
    private StopLatches written = latches;
    private boolean driverHeld;
    private final Set<StopScope> unread = EnumSet.noneOf(StopScope.class);

    EmergencyHold(GuardedDriver driver, StateFile<StopLatches> file, Clock clock) {
        this.driver = driver;
        this.file = file;
        this.clock = clock;
    }

    boolean isHeld() {
        return latches.isHeld();
    }

    String reason() {
        return latches.reason();
    }

    /** There is a connection again: what the backend has latched meanwhile is not known yet. */
    synchronized void connected() {
        unread.addAll(EnumSet.allOf(StopScope.class));
    }

    /** There is no connection: what is known counts, for a robot works without one. */
    synchronized void disconnected() {
        unread.clear();
    }

    /** Whether no command may begin until the latches have been read. */
    synchronized boolean isUncertain() {
        return !unread.isEmpty();
    }

    /** Takes up the latches of before the restart; before anything else may move the robot. */
    synchronized void restore() {
        latches = read();
        written = latches;
        if (latches.isHeld()) {
            log.warn("an emergency stop is latched since before the start: {}", latches.reason());
        }
        obey();
    }

    /**
     * @return whether the robot became held or free by this signal
     */
    synchronized boolean signal(StopSignal signal) {
        boolean before = isHeld();
        StopLatches next = latches.after(signal);
        if (!next.equals(latches) && next.isHeld()) {
            driverHeld = false;
        }
        latches = next;
        obey();
        persist();
        if (signal.source() == StopSource.STORED) {
            unread.remove(signal.scope());
        }
        if (before != isHeld()) {
            log.warn(
                    "emergency stop {} at revision {}: {}",
                    isHeld() ? "latched" : "released",
                    signal.latch().revision(),
                    signal.latch().reason());
        }
        return before != isHeld();
    }

    /** Tries again what the driver refused. */
    synchronized void retry() {
        obey();
    }

    private void obey() {
        if (isHeld() && !driverHeld) {
            driverHeld = driver.emergencyStop();
        } else if (!isHeld() && driverHeld) {
            driverHeld = !driver.releaseEmergencyStop();
        }
    }

    private void persist() {
        if (written.equals(latches)) {
            return;
        }
        try {
            file.write(latches);
            written = latches;
        } catch (IOException e) {
            log.error("{} cannot be written: the emergency stop's state would not survive a restart", file, e);
        }
    }

    private StopLatches read() {
        try {
            return file.read().orElse(StopLatches.never());
        } catch (IOException | InvalidInputException e) {
            log.error("{} is unreadable: the robot is held until the backend has said how the latches stand", file, e);
            return StopLatches.unreadable(clock.instant());
        }
    }
}
