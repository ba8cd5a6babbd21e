package io.fleetsdk.agent.simulation;

import io.fleetsdk.telemetry.Velocity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The whole body: drive, battery, motors and the place it is going to. Not thread-safe, save {@link #hold} and
 * {@link #letGo}, which any thread may call at any time.
 */
final class SimulatedBody {
    private static final double LONGEST_MOMENT = 0.02;
    private static final double IDLE_WATTS = 20;
    private static final double WATTS_PER_SPEED = 120;
    private static final double WATTS_PER_TURN = 25;
    private static final double JOULES_PER_SPEED_SQUARED = 60;
    private static final double CHARGER_WATTS = 600;
    private static final Velocity REST = new Velocity(0, 0);

    private final DifferentialDrive drive;
    private final Pilot pilot;
    private final Battery battery;
    private final Motor motor = new Motor();
    private final Place dock;
    private final AtomicBoolean forgetGoal = new AtomicBoolean();
    private Optional<Place> goal = Optional.empty();
    private double maxSpeed;
    private double toolWatts;
    private double watts;
    private double seconds;
    private boolean plugged;
    private volatile boolean held;

    SimulatedBody(DriveLimits limits, Place start, double yaw, Place dock, double batteryPercent) {
        this.drive = new DifferentialDrive(limits, start, yaw);
        this.pilot = new Pilot(limits);
        this.dock = dock;
        this.battery = new Battery(batteryPercent);
        this.maxSpeed = limits.topSpeed();
    }

    /**
     * Lets time pass, in moments as short as the physics needs.
     *
     * @param elapsed s, at least 0
     */
    void step(double elapsed) {
        int moments = (int) Math.ceil(elapsed / LONGEST_MOMENT);
        for (int i = 0; i < moments; i++) {
            moment(elapsed / moments);
        }
    }

    void goTo(Place place) {
        goal = Optional.of(place);
        plugged = false;
    }

    /** Comes to rest in its own time and stays. */
    void halt() {
        goal = Optional.empty();
    }

    /** Stops at once and stays, whatever is wanted, until {@link #letGo}. Where it was going is forgotten. */
    void hold() {
        held = true;
        forgetGoal.set(true);
    }

    void letGo() {
        held = false;
    }

    /** Takes up charge from now on, if it stands at its dock. */
    void plugIn() {
        plugged = drive.isAtRest() && drive.place().distanceTo(dock) <= Pilot.ARRIVED;
    }

    /** m/s, on the way to a place. */
    void limitSpeed(double most) {
        maxSpeed = most;
    }

    /** What its tool takes from now on, W. */
    void powerTool(double power) {
        toolWatts = power;
    }

    DifferentialDrive drive() {
        return drive;
    }

    Place dock() {
        return dock;
    }

    Optional<Place> goal() {
        return goal;
    }

    boolean hasArrived() {
        return goal.filter(place -> Pilot.hasArrived(drive, place)).isPresent();
    }

    boolean isHeld() {
        return held;
    }

    boolean isCharging() {
        return plugged;
    }

    /** Percent, 0 to 100. */
    double battery() {
        return battery.percent();
    }

    /** Whether nothing works any more. */
    boolean isPowerless() {
        return battery.isEmpty();
    }

    double motorCelsius() {
        return motor.celsius();
    }

    /** What it takes from the battery now. */
    double watts() {
        return watts;
    }

    /** Since it was made. */
    double seconds() {
        return seconds;
    }

    private void moment(double dt) {
        if (forgetGoal.getAndSet(false)) {
            goal = Optional.empty();
        }
        double speedBefore = drive.velocity().linear();
        move(dt);
        double motorWatts = motorWatts(dt, speedBefore);
        motor.step(dt, motorWatts);
        watts = IDLE_WATTS + motorWatts + toolWatts;
        battery.drain(watts, dt);
        if (plugged) {
            battery.charge(CHARGER_WATTS, dt);
        }
        seconds += dt;
    }

    private void move(double dt) {
        if (held || battery.isEmpty()) {
            drive.brake(dt);
        } else {
            drive.step(
                    dt, goal.map(place -> pilot.towards(drive, place, maxSpeed)).orElse(REST));
        }
    }

    /** Rolling and turning against friction, and gaining speed; braking gives nothing back. */
    private double motorWatts(double dt, double speedBefore) {
        Velocity now = drive.velocity();
        double gain = now.linear() * now.linear() - speedBefore * speedBefore;
        return WATTS_PER_SPEED * Math.abs(now.linear())
                + WATTS_PER_TURN * Math.abs(now.angular())
                + Math.max(0, JOULES_PER_SPEED_SQUARED * gain / dt);
    }
}
