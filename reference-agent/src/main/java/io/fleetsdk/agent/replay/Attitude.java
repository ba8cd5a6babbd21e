package io.fleetsdk.agent.replay;

/** A rotation from the body (x forward, y left, z up) to the map, as a unit quaternion with the scalar first. */
record Attitude(double w, double x, double y, double z) {
    static final Attitude LEVEL = new Attitude(1, 0, 0, 0);

    static Attitude ofYaw(double yaw) {
        return new Attitude(Math.cos(yaw / 2), 0, 0, Math.sin(yaw / 2));
    }

    double norm() {
        return Math.sqrt(dot(this));
    }

    Attitude normalized() {
        double norm = norm();
        return new Attitude(w / norm, x / norm, y / norm, z / norm);
    }

    Attitude times(Attitude q) {
        return new Attitude(
                w * q.w - x * q.x - y * q.y - z * q.z,
                w * q.x + x * q.w + y * q.z - z * q.y,
                w * q.y - x * q.z + y * q.w + z * q.x,
                w * q.z + x * q.y - y * q.x + z * q.w);
    }

    /** From -π to π. */
    double roll() {
        return Math.atan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y));
    }

    /** From -π/2 to π/2, positive with the nose down. */
    double pitch() {
        return Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x))));
    }

    /** From -π to π. */
    double yaw() {
        return Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
    }

    /** The rotation that share (0 to 1) of the way to the other, the short way round. */
    Attitude towards(Attitude other, double share) {
        // q and -q are the same rotation; the one on this side of the sphere is the short way.
        double to = dot(other) < 0 ? -share : share;
        double from = 1 - share;
        return new Attitude(
                        from * w + to * other.w,
                        from * x + to * other.x,
                        from * y + to * other.y,
                        from * z + to * other.z)
                .normalized();
    }

    private double dot(Attitude other) {
        return w * other.w + x * other.x + y * other.y + z * other.z;
    }
}
