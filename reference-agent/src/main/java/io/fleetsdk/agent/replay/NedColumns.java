package io.fleetsdk.agent.replay;

import java.util.List;

/**
 * PX4's local frame: metres {@code x_north,y_east[,z_down]}, the attitude turning a body with x forward, y right, z down.
 * Becomes x east, y north, z up with a body of x forward, y left, z up.
 */
final class NedColumns implements PoseColumns {
    static final List<String> PLACE = List.of("x_north", "y_east");

    private static final Attitude NED_TO_ENU = new Attitude(0, Math.sqrt(0.5), Math.sqrt(0.5), 0);
    private static final Attitude LEFT_UP_TO_RIGHT_DOWN = new Attitude(0, 1, 0, 0);

    private final boolean hasHeight;
    private final AttitudeColumns attitude;

    private NedColumns(boolean hasHeight, AttitudeColumns attitude) {
        this.hasHeight = hasHeight;
        this.attitude = attitude;
    }

    static PoseColumns of(Header header) {
        boolean hasHeight = header.has("z_down");
        return AttitudeColumns.of(header)
                .<PoseColumns>map(attitude -> new NedColumns(hasHeight, attitude))
                .orElseGet(() -> new HeadingFromMotion(new NedColumns(hasHeight, row -> Attitude.LEVEL)));
    }

    @Override
    public Pose pose(double seconds, Row row) {
        double height = hasHeight ? -row.number("z_down") : 0;
        Attitude turned = NED_TO_ENU.times(attitude.attitude(row)).times(LEFT_UP_TO_RIGHT_DOWN);
        return new Pose(seconds, row.number("y_east"), row.number("x_north"), height, turned);
    }
}
