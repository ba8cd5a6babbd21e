package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A recorded drive: poses in the order of their times. Has been read through once, so every row of it is good; is read again
 * for each playing. Immutable.
 *
 * <p>Formats: a CSV whose header names a time ({@code t}, {@code time}, {@code timestamp} in s, or {@code timestamp_s},
 * {@code _ms}, {@code _us}, {@code _ns}; PX4's {@code timestamp} is in µs) and a position ({@code x,y[,z]},
 * {@code x_north,y_east[,z_down]}, {@code lat,lon[,alt]} or {@code delta_dist,delta_heading}), with {@code qw,qx,qy,qz},
 * {@code theta} or {@code yaw} if it has them; or a TUM pose file, {@code t x y z qx qy qz qw} between blanks. Lines that are
 * empty or begin with {@code #} are skipped, and so are other columns.
 */
public final class Recording {
    private static final String ROUTE = "warehouse_route.csv";

    private final String name;
    private final TextSource text;
    private final long poses;
    private final double seconds;
    private final double distance;

    private Recording(String name, TextSource text, long poses, double seconds, double distance) {
        this.name = name;
        this.text = text;
        this.poses = poses;
        this.seconds = seconds;
        this.distance = distance;
    }

    /**
     * Reads a file through.
     *
     * @throws InvalidInputException naming file, line, column and rule, if it is no recording of at least two poses
     */
    public static Recording read(Path file) {
        return read(file.toString(), () -> Files.newInputStream(file));
    }

    /** The route that ships with the project: a lap through a warehouse, driven by the simulated robot's body. */
    public static Recording shipped() {
        return read(ROUTE, Recording::openRoute);
    }

    static Recording read(String name, TextSource text) {
        try (PoseReader reader = PoseReader.open(name, text)) {
            Optional<Pose> first = reader.next();
            Optional<Pose> next = reader.next();
            if (first.isEmpty() || next.isEmpty()) {
                throw new InvalidInputException("recording", name, "must have at least two poses");
            }
            Pose last = first.get();
            double distance = 0;
            long poses = 1;
            for (; next.isPresent(); next = reader.next()) {
                distance += last.distanceTo(next.get());
                last = next.get();
                poses++;
            }
            return new Recording(name, text, poses, last.seconds() - first.get().seconds(), distance);
        }
    }

    public String name() {
        return name;
    }

    public long poses() {
        return poses;
    }

    /** From the first pose to the last, s. */
    public double seconds() {
        return seconds;
    }

    /** The length of the way from pose to pose, m. */
    public double distance() {
        return distance;
    }

    PoseReader open() {
        return PoseReader.open(name, text);
    }

    @SuppressWarnings("NullAway") // a missing resource is answered with null, and refused here
    private static InputStream openRoute() throws FileNotFoundException {
        InputStream route = Recording.class.getResourceAsStream(ROUTE);
        if (route == null) {
            throw new FileNotFoundException("the agent's jar has no " + ROUTE);
        }
        return route;
    }
}
