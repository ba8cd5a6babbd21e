package io.fleetsdk.agent.replay;

import java.util.Optional;

/**
 * Gives positions without a heading the direction of the last half metre moved, so that the scatter of a standing receiver
 * does not spin the robot. Faces along x until it has moved that far.
 */
final class HeadingFromMotion implements PoseColumns {
    private static final double NOTICED_METRES = 0.5;

    private final PoseColumns places;
    private Optional<Pose> anchor = Optional.empty();
    private double yaw;

    HeadingFromMotion(PoseColumns places) {
        this.places = places;
    }

    @Override
    public Pose pose(double seconds, Row row) {
        Pose here = places.pose(seconds, row);
        Pose from = anchor.orElse(here);
        double dx = here.x() - from.x();
        double dy = here.y() - from.y();
        boolean moved = Math.hypot(dx, dy) >= NOTICED_METRES;
        yaw = moved ? Math.atan2(dy, dx) : yaw;
        anchor = Optional.of(moved ? here : from);
        return here.heading(yaw);
    }
}
