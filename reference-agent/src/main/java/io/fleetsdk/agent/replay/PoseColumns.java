package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;

/** How the rows of a recording say where the robot was. May remember earlier rows: one for each reading of a recording. */
interface PoseColumns {
    Pose pose(double seconds, Row row);

    /**
     * The way the header's columns ask for.
     *
     * @throws InvalidInputException if no columns are a position
     */
    static PoseColumns of(Header header) {
        if (header.hasAll(MapColumns.PLACE)) {
            return MapColumns.of(header);
        }
        if (header.hasAll(NedColumns.PLACE)) {
            return NedColumns.of(header);
        }
        if (header.hasAll(DeadReckoning.STEP)) {
            return new DeadReckoning();
        }
        if (header.hasAll(GeodeticColumns.PLACE)) {
            return new HeadingFromMotion(new GeodeticColumns(header.has("alt")));
        }
        throw new InvalidInputException(
                header.place(),
                String.join(",", header.names()),
                "must name position columns: x,y or x_north,y_east or lat,lon or delta_dist,delta_heading");
    }
}
