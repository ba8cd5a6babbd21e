package io.fleetsdk.agent.simulation;

import io.fleetsdk.telemetry.Velocity;

/**
 * How a drive finds to a place: it stops, turns on the spot until it faces the place, drives there in a straight line and
 * slows down in time. So it stays on the line between two places, and on a floor without corners that point inwards.
 */
final class Pilot {
    /** How near is there, m. */
    static final double ARRIVED = 0.05;

    private static final Velocity REST = new Velocity(0, 0);
    private static final double OFF_COURSE = 0.3;
    private static final double ON_COURSE = 0.02;
    private static final double STEERING_PER_SECOND = 1.5;
    private static final double CAREFUL = 0.8;

    private final DriveLimits limits;
    private boolean turning;

    Pilot(DriveLimits limits) {
        this.limits = limits;
    }

    static boolean hasArrived(DifferentialDrive drive, Place goal) {
        return drive.isAtRest() && drive.place().distanceTo(goal) <= ARRIVED;
    }

    /** The velocity to want now, on the way to the goal at most at that speed. */
    Velocity towards(DifferentialDrive drive, Place goal, double maxSpeed) {
        double distance = drive.place().distanceTo(goal);
        if (distance <= ARRIVED) {
            return REST;
        }
        double error = Math.IEEEremainder(drive.place().directionTo(goal) - drive.yaw(), 2 * Math.PI);
        turning = Math.abs(error) > (turning ? ON_COURSE : OFF_COURSE);
        if (!turning) {
            return new Velocity(Math.min(maxSpeed, stoppable(limits.braking(), distance)), error * STEERING_PER_SECOND);
        }
        boolean rolling = drive.velocity().linear() != 0;
        return rolling ? REST : new Velocity(0, Math.copySign(stoppable(limits.turnAcceleration(), error), error));
    }

    /** The velocity from which it can still stop within that distance. */
    private static double stoppable(double braking, double distance) {
        return Math.sqrt(2 * CAREFUL * braking * Math.abs(distance));
    }
}
