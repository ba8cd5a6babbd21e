package io.fleetsdk.agent.replay;

import java.util.List;
import java.util.Optional;

/**
 * Satellite fixes, {@code lat,lon[,alt]} in degrees and metres (WGS 84): metres east, north and up of the first fix, on the
 * plane that touches the ellipsoid there. Good to a metre within some ten kilometres.
 */
final class GeodeticColumns implements PoseColumns {
    static final List<String> PLACE = List.of("lat", "lon");

    private static final double SEMI_MAJOR_AXIS = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 6.694379990141e-3;

    private final boolean hasHeight;
    private Optional<Origin> origin = Optional.empty();

    GeodeticColumns(boolean hasHeight) {
        this.hasHeight = hasHeight;
    }

    @Override
    public Pose pose(double seconds, Row row) {
        double latitude = degrees(row, "lat", 90);
        double longitude = degrees(row, "lon", 180);
        double height = hasHeight ? row.number("alt") : 0;
        Origin first = origin.orElseGet(() -> new Origin(latitude, longitude, height));
        origin = Optional.of(first);
        return first.pose(seconds, latitude, longitude, height);
    }

    private static double degrees(Row row, String name, double limit) {
        double degrees = row.number(name);
        if (Math.abs(degrees) > limit) {
            throw row.refused(name, degrees, "must be from -" + limit + " to " + limit + " degrees");
        }
        return degrees;
    }

    private record Origin(double latitude, double longitude, double height) {
        Pose pose(double seconds, double toLatitude, double toLongitude, double toHeight) {
            double sine = Math.sin(Math.toRadians(latitude));
            double shrink = 1 - ECCENTRICITY_SQUARED * sine * sine;
            double meridianRadius = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY_SQUARED) / Math.pow(shrink, 1.5);
            double parallelRadius = SEMI_MAJOR_AXIS / Math.sqrt(shrink) * Math.cos(Math.toRadians(latitude));
            // across the date line the short way round
            double east = Math.IEEEremainder(toLongitude - longitude, 360);
            return new Pose(
                    seconds,
                    Math.toRadians(east) * parallelRadius,
                    Math.toRadians(toLatitude - latitude) * meridianRadius,
                    toHeight - height,
                    Attitude.LEVEL);
        }
    }
}
