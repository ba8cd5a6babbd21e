package io.fleetsdk.agent.simulation;

/** How warm the drive motors are: they heat with the power they take and cool towards the hall. Not thread-safe. */
final class Motor {
    private static final double HALL_CELSIUS = 21;
    private static final double KELVIN_PER_WATT = 0.16;
    private static final double TIME_CONSTANT_SECONDS = 180;

    private double celsius = HALL_CELSIUS;

    void step(double dt, double watts) {
        double settled = HALL_CELSIUS + KELVIN_PER_WATT * watts;
        celsius += (settled - celsius) * -Math.expm1(-dt / TIME_CONSTANT_SECONDS);
    }

    double celsius() {
        return celsius;
    }
}
