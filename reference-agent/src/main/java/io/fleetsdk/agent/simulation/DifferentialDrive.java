package io.fleetsdk.agent.simulation;

import io.fleetsdk.telemetry.Velocity;

/**
 * Two driven wheels: position, heading and velocity, within the limits of the drive. Knows nothing of walls. Not thread-safe.
 */
final class DifferentialDrive {
    private final DriveLimits limits;
    private Place place;
    private double yaw;
    private double speed;
    private double turn;
    private double odometer;

    DifferentialDrive(DriveLimits limits, Place place, double yaw) {
        this.limits = limits;
        this.place = place;
        this.yaw = yaw;
    }

    /**
     * Moves on for a moment, coming as near to the wanted velocity as the limits let it.
     *
     * @param dt s, a few hundredths
     */
    void step(double dt, Velocity wanted) {
        Velocity possible = withinWheelSpeed(wanted);
        boolean slowing = speed * possible.linear() < 0 || Math.abs(possible.linear()) < Math.abs(speed);
        double faster = approach(speed, possible.linear(), (slowing ? limits.braking() : limits.acceleration()) * dt);
        double turned = approach(turn, possible.angular(), limits.turnAcceleration() * dt);
        // On the way to the wanted velocity a wheel may still be too fast: the turn waits for the speed to fall, and
        // the
        // speed for the turn. Each bound is at least the present value, so neither breaks an acceleration limit.
        turn = clamp(turned, (limits.wheelSpeed() - Math.abs(speed)) / halfTrack());
        speed = clamp(faster, limits.wheelSpeed() - Math.abs(turn) * halfTrack());
        move(dt);
    }

    /** Comes to rest with the emergency braking. */
    void brake(double dt) {
        speed = approach(speed, 0, limits.emergencyBraking() * dt);
        turn = approach(turn, 0, limits.emergencyTurnBraking() * dt);
        move(dt);
    }

    DriveLimits limits() {
        return limits;
    }

    Place place() {
        return place;
    }

    /** From -π to π. */
    double yaw() {
        return yaw;
    }

    Velocity velocity() {
        return new Velocity(speed, turn);
    }

    double leftWheel() {
        return speed - turn * halfTrack();
    }

    double rightWheel() {
        return speed + turn * halfTrack();
    }

    /** Metres driven, either way. */
    double odometer() {
        return odometer;
    }

    boolean isAtRest() {
        return speed == 0 && turn == 0;
    }

    private void move(double dt) {
        double direction = yaw + turn * dt / 2;
        place = new Place(place.x() + speed * dt * Math.cos(direction), place.y() + speed * dt * Math.sin(direction));
        yaw = Math.IEEEremainder(yaw + turn * dt, 2 * Math.PI);
        odometer += Math.abs(speed) * dt;
    }

    /** Slows the whole motion down, so that the curve stays the wanted one. */
    private Velocity withinWheelSpeed(Velocity wanted) {
        double linear = clamp(wanted.linear(), limits.topSpeed());
        double angular = clamp(wanted.angular(), limits.topTurn());
        double wheel = Math.abs(linear) + Math.abs(angular) * halfTrack();
        double share = wheel > limits.wheelSpeed() ? limits.wheelSpeed() / wheel : 1;
        return new Velocity(linear * share, angular * share);
    }

    private double halfTrack() {
        return limits.track() / 2;
    }

    private static double approach(double now, double wanted, double most) {
        return now + clamp(wanted - now, most);
    }

    private static double clamp(double value, double most) {
        return Math.max(-most, Math.min(most, value));
    }
}
