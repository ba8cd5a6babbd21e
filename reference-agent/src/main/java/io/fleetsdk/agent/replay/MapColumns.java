package io.fleetsdk.agent.replay;

import java.util.List;

/** Metres in a map frame with z up: {@code x,y[,z]}, with an attitude, or facing the way it moves. */
final class MapColumns implements PoseColumns {
    static final List<String> PLACE = List.of("x", "y");

    private final boolean hasHeight;
    private final AttitudeColumns attitude;

    private MapColumns(boolean hasHeight, AttitudeColumns attitude) {
        this.hasHeight = hasHeight;
        this.attitude = attitude;
    }

    static PoseColumns of(Header header) {
        boolean hasHeight = header.has("z");
        return AttitudeColumns.of(header)
                .<PoseColumns>map(attitude -> new MapColumns(hasHeight, attitude))
                .orElseGet(() -> new HeadingFromMotion(new MapColumns(hasHeight, row -> Attitude.LEVEL)));
    }

    @Override
    public Pose pose(double seconds, Row row) {
        double height = hasHeight ? row.number("z") : 0;
        return new Pose(seconds, row.number("x"), row.number("y"), height, attitude.attitude(row));
    }
}
