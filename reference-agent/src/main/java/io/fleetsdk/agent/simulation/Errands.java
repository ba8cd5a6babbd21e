package io.fleetsdk.agent.simulation;

import java.util.List;
import java.util.Random;

/**
 * What the robot does of its own accord: goes from station to station, stays there a while, and charges in time. Not
 * thread-safe.
 */
final class Errands {
    private static final double SHORTEST_STAY = 2;
    private static final double LONGEST_STAY = 8;
    private static final double CHARGED_PERCENT = 95;

    private final Floor floor;
    private final Random random;
    private double stay;

    Errands(Floor floor, Random random) {
        this.floor = floor;
        this.random = random;
        this.stay = aWhile();
    }

    /** Sets nothing in motion for so long. */
    void wait(double seconds) {
        stay = seconds;
    }

    /** Lets time pass and sends the body somewhere when it is time to. */
    void step(double seconds, SimulatedBody body, double batteryLow) {
        if (body.isHeld() || body.isCharging() && body.battery() < CHARGED_PERCENT) {
            return;
        }
        stay -= seconds;
        boolean low = body.battery() <= batteryLow;
        if (body.hasArrived()) {
            arrive(body, low);
        } else if (stay <= 0 && low && !isBoundForDock(body)) {
            body.goTo(body.dock());
        } else if (stay <= 0 && body.goal().isEmpty()) {
            body.goTo(nextStation(body));
        }
    }

    private void arrive(SimulatedBody body, boolean low) {
        boolean atDock = isBoundForDock(body);
        body.halt();
        if (atDock && low) {
            body.plugIn();
        }
        stay = aWhile();
    }

    private static boolean isBoundForDock(SimulatedBody body) {
        return body.goal().filter(body.dock()::equals).isPresent();
    }

    private Place nextStation(SimulatedBody body) {
        List<Place> elsewhere = floor.stations().stream()
                .filter(station -> body.drive().place().distanceTo(station) > 1)
                .toList();
        return elsewhere.get(random.nextInt(elsewhere.size()));
    }

    private double aWhile() {
        return SHORTEST_STAY + random.nextDouble() * (LONGEST_STAY - SHORTEST_STAY);
    }
}
