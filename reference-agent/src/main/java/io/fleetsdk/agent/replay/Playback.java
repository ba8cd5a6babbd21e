package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.telemetry.Velocity;

/**
 * A recording being played, at its own pace times a speed. After the last pose it holds still for {@link #HOLD_SECONDS} and
 * begins again at the first, a new lap; or, played once, stays where it is. Not thread-safe.
 */
final class Playback implements AutoCloseable {
    /** Between two laps, in the player's time. */
    static final double HOLD_SECONDS = 3;

    private final Recording recording;
    private final Laps laps;
    private PoseReader reader;
    private Pose before;
    private Pose after;
    private double start;
    private double clock;
    private double hold;
    private double driven;
    private int lap = 1;
    private boolean ended;

    /** What comes after the last pose. */
    enum Laps {
        ENDLESS,
        ONCE
    }

    /**
     * @throws InvalidInputException if the recording can no longer be read
     */
    Playback(Recording recording, Laps laps) {
        this.recording = recording;
        this.laps = laps;
        this.reader = recording.open();
        this.before = first(reader);
        this.after = before;
        this.start = before.seconds();
        this.clock = start;
    }

    /**
     * Lets time pass.
     *
     * @param seconds of the player's time, at least 0
     * @param speed seconds of the recording that pass in each of them
     * @throws InvalidInputException if the recording can no longer be read; the pose stays
     */
    void advance(double seconds, double speed) {
        if (!ended) {
            clock += seconds * speed;
            readUpToClock();
            return;
        }
        hold += seconds;
        if (laps == Laps.ENDLESS && hold >= HOLD_SECONDS) {
            rewind();
            lap++;
        }
    }

    /**
     * Back to the first pose; the lap counts on.
     *
     * @throws InvalidInputException if the recording can no longer be read; the pose stays
     */
    void rewind() {
        PoseReader fresh = recording.open();
        before = first(fresh);
        after = before;
        reader.close();
        reader = fresh;
        start = before.seconds();
        clock = start;
        hold = 0;
        driven = 0;
        ended = false;
    }

    Pose pose() {
        return before.at(clock, after);
    }

    /** Along and about the heading at this moment, per second of the recording's own time; none while it holds. */
    Velocity velocity() {
        double span = after.seconds() - before.seconds();
        if (ended || span <= 0) {
            return new Velocity(0, 0);
        }
        double yaw = before.attitude().yaw();
        double ahead = (after.x() - before.x()) * Math.cos(yaw) + (after.y() - before.y()) * Math.sin(yaw);
        double turn = Math.IEEEremainder(after.attitude().yaw() - yaw, 2 * Math.PI);
        return new Velocity(ahead / span, turn / span);
    }

    /** Metres of this lap. */
    double driven() {
        return driven + (ended ? 0 : before.distanceTo(pose()));
    }

    /** Seconds of the recording's time that this lap has played. */
    double position() {
        return Math.min(recording.seconds(), clock - start);
    }

    /** 1 for the first. */
    int lap() {
        return lap;
    }

    boolean hasEnded() {
        return ended;
    }

    private void readUpToClock() {
        while (!ended && after.seconds() <= clock) {
            driven += before.distanceTo(after);
            before = after;
            reader.next().ifPresentOrElse(pose -> after = pose, () -> ended = true);
        }
    }

    private static Pose first(PoseReader reader) {
        return reader.next().orElseThrow(() -> new InvalidInputException("recording", "", "must not be empty"));
    }

    @Override
    public void close() {
        reader.close();
    }
}
