package io.fleetsdk.agent.simulation;

/**
 * What a drive can do.
 *
 * @param topSpeed m/s
 * @param topTurn rad/s
 * @param wheelSpeed m/s, of either wheel
 * @param track m between the wheels
 * @param acceleration m/s²
 * @param braking m/s²
 * @param emergencyBraking m/s²
 * @param turnAcceleration rad/s²
 * @param emergencyTurnBraking rad/s²
 */
record DriveLimits(
        double topSpeed,
        double topTurn,
        double wheelSpeed,
        double track,
        double acceleration,
        double braking,
        double emergencyBraking,
        double turnAcceleration,
        double emergencyTurnBraking) {
    /** A warehouse robot of 0.5 m track that drives 1.5 m/s. */
    static DriveLimits standard() {
        return new DriveLimits(1.5, 1.2, 1.7, 0.5, 0.8, 1.0, 3.0, 2.5, 6.0);
    }
}
