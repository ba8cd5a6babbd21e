package io.fleetsdk.agent.replay;

import java.util.List;

/**
 * Wheel odometry in steps: {@code delta_dist} metres driven and {@code delta_heading} rad turned since the row before. Summed
 * up from the origin, facing along x; half of a step's turn counts for its direction.
 */
final class DeadReckoning implements PoseColumns {
    static final List<String> STEP = List.of("delta_dist", "delta_heading");

    private double x;
    private double y;
    private double heading;

    @Override
    public Pose pose(double seconds, Row row) {
        double distance = row.number("delta_dist");
        double turn = row.number("delta_heading");
        x += distance * Math.cos(heading + turn / 2);
        y += distance * Math.sin(heading + turn / 2);
        heading += turn;
        return new Pose(seconds, x, y, 0, Attitude.ofYaw(heading));
    }
}
