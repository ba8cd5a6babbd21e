package io.fleetsdk.agent.simulation;

/**
 * A pack that is drained and charged. Small on purpose, about half an hour of driving, so that watching it for a while shows
 * the whole cycle. Not thread-safe.
 */
final class Battery {
    private static final double CAPACITY_JOULES = 100 * 3600.0;

    private double joules;

    Battery(double percent) {
        joules = CAPACITY_JOULES * percent / 100;
    }

    void drain(double watts, double seconds) {
        joules = Math.max(0, joules - watts * seconds);
    }

    void charge(double watts, double seconds) {
        joules = Math.min(CAPACITY_JOULES, joules + watts * seconds);
    }

    /** 0 to 100. */
    double percent() {
        return 100 * joules / CAPACITY_JOULES;
    }

    boolean isEmpty() {
        return joules == 0;
    }
}
