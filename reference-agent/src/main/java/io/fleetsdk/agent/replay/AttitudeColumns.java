package io.fleetsdk.agent.replay;

import java.util.List;
import java.util.Optional;

/** How a row says which way the robot was turned. */
@FunctionalInterface
interface AttitudeColumns {
    /** How far a quaternion may be from unit length: logs are rounded, but a row of zeros is no attitude. */
    double TOLERANCE = 0.1;

    Attitude attitude(Row row);

    /** By quaternion ({@code qw qx qy qz}, in any order) or by heading in rad ({@code theta} or {@code yaw}). */
    static Optional<AttitudeColumns> of(Header header) {
        if (header.hasAll(List.of("qw", "qx", "qy", "qz"))) {
            return Optional.of(AttitudeColumns::quaternion);
        }
        return List.of("theta", "yaw").stream()
                .filter(header::has)
                .findFirst()
                .map(name -> row -> Attitude.ofYaw(row.number(name)));
    }

    private static Attitude quaternion(Row row) {
        Attitude attitude = new Attitude(row.number("qw"), row.number("qx"), row.number("qy"), row.number("qz"));
        if (!(Math.abs(attitude.norm() - 1) <= TOLERANCE)) {
            throw row.refused(
                    "qw,qx,qy,qz", attitude.norm(), "must be a quaternion of length 1, give or take " + TOLERANCE);
        }
        return attitude.normalized();
    }
}
