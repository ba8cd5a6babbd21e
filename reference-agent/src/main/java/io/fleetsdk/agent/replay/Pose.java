package io.fleetsdk.agent.replay;

/**
 * Where a robot was at a time.
 *
 * @param seconds in the recording's own clock
 * @param x m in the map
 * @param y m in the map
 * @param z m, up
 */
record Pose(double seconds, double x, double y, double z, Attitude attitude) {
    /** Metres, straight. */
    double distanceTo(Pose other) {
        double dx = other.x - x;
        double dy = other.y - y;
        double dz = other.z - z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** The pose between this and a later one; this and the later one themselves outside of their times. */
    Pose at(double time, Pose later) {
        double span = later.seconds - seconds;
        double share = span <= 0 ? 1 : Math.max(0, Math.min(1, (time - seconds) / span));
        return new Pose(
                time,
                x + share * (later.x - x),
                y + share * (later.y - y),
                z + share * (later.z - z),
                attitude.towards(later.attitude, share));
    }

    Pose heading(double yaw) {
        return new Pose(seconds, x, y, z, Attitude.ofYaw(yaw));
    }
}
