package io.fleetsdk.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class SimulatedBodyTest {
    private static final Floor FLOOR = Floor.warehouse();
    private static final DriveLimits LIMITS = DriveLimits.standard();
    private static final double STEP = 0.05;

    @Property(tries = 300)
    void itNeverLeavesTheFloorHoweverItIsSentAround(@ForAll("orders") List<Order> orders) {
        SimulatedBody body = body(new Place(20, 12), 80);
        for (Order order : orders) {
            order.giveTo(body);
            for (int i = 0; i < order.steps(); i++) {
                body.step(STEP);
                Place place = body.drive().place();
                assertThat(place.x()).isBetween(0.0, FLOOR.width());
                assertThat(place.y()).isBetween(0.0, FLOOR.depth());
            }
        }
    }

    @Property(tries = 300)
    void itReachesEveryPlaceItIsLeftToDriveTo(
            @ForAll("places") Place start,
            @ForAll("places") Place goal,
            @ForAll @DoubleRange(min = -3, max = 3) double yaw) {
        SimulatedBody body = new SimulatedBody(LIMITS, start, yaw, new Place(4, 1), 80);
        double direct = start.distanceTo(goal);
        body.goTo(goal);
        body.step(20 + direct / LIMITS.topSpeed());

        assertThat(body.hasArrived()).isTrue();
        assertThat(body.drive().odometer()).as("no detours").isLessThan(direct + 0.5);
    }

    @Property(tries = 300)
    void itKeepsToTheSpeedItIsLimitedTo(
            @ForAll("places") Place goal, @ForAll @DoubleRange(min = 0.1, max = 1.5) double limit) {
        SimulatedBody body = body(new Place(20, 12), 80);
        body.limitSpeed(limit);
        body.goTo(goal);
        for (int i = 0; i < 600; i++) {
            body.step(STEP);
            assertThat(body.drive().velocity().linear()).isLessThanOrEqualTo(limit + 1e-9);
        }
    }

    @Property(tries = 300)
    void energyNeverRisesUnlessItCharges(@ForAll("orders") List<Order> orders) {
        SimulatedBody body = body(new Place(20, 12), 50);
        for (Order order : orders) {
            order.giveTo(body);
            for (int i = 0; i < order.steps(); i++) {
                double before = body.battery();
                body.step(STEP);
                assertThat(body.battery() < before || body.isCharging()).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void heldItStandsWithinSpeedByDecelerationAndNothingMovesIt(
            @ForAll("places") Place goal,
            @ForAll("places") Place later,
            @ForAll @DoubleRange(min = 0, max = 20) double when) {
        SimulatedBody body = body(new Place(20, 12), 80);
        body.goTo(goal);
        body.step(when);
        double speed = body.drive().velocity().linear();
        double turn = Math.abs(body.drive().velocity().angular());
        body.hold();
        // one moment longer than the braking takes: braking begins at the next moment, and ends with one that is cut
        // short
        body.step(Math.max(speed / LIMITS.emergencyBraking(), turn / LIMITS.emergencyTurnBraking()) + 0.04);
        assertThat(body.drive().isAtRest()).isTrue();

        Place rest = body.drive().place();
        body.goTo(later);
        body.step(30);
        assertThat(body.drive().place()).isEqualTo(rest);
    }

    @Example
    void letGoItStaysUntilItIsSentSomewhere() {
        SimulatedBody body = body(new Place(20, 12), 80);
        body.goTo(new Place(30, 12));
        body.step(3);
        body.hold();
        body.letGo();
        body.step(5);
        Place rest = body.drive().place();
        body.step(30);

        assertThat(body.drive().isAtRest()).isTrue();
        assertThat(body.drive().place()).isEqualTo(rest);
    }

    @Example
    void sentElsewhereOnItsWayItStopsOnItsLineBeforeItTurns() {
        SimulatedBody body = new SimulatedBody(LIMITS, new Place(5, 12), 0, new Place(4, 1), 80);
        body.goTo(new Place(35, 12));
        body.step(5);
        body.goTo(new Place(10, 20));
        while (body.drive().velocity().linear() > 0) {
            body.step(STEP);
        }

        assertThat(body.drive().place().y()).isCloseTo(12, within(0.01));
        assertThat(body.drive().yaw()).isCloseTo(0, within(0.05));
    }

    @Example
    void drivingTakesMoreThanStandingAndWarmsTheMotors() {
        SimulatedBody standing = body(new Place(2, 12), 80);
        SimulatedBody driving = body(new Place(2, 12), 80);
        driving.goTo(new Place(38, 12));
        standing.step(20);
        driving.step(20);

        assertThat(driving.battery()).isLessThan(standing.battery());
        assertThat(driving.motorCelsius()).isGreaterThan(standing.motorCelsius() + 1);
    }

    @Example
    void itChargesAtItsDockAndNowhereElse() {
        SimulatedBody body = body(new Place(20, 12), 30);
        body.plugIn();
        body.step(10);
        assertThat(body.isCharging()).isFalse();

        body.goTo(body.dock());
        body.step(60);
        body.plugIn();
        double before = body.battery();
        body.step(60);
        assertThat(body.isCharging()).isTrue();
        assertThat(body.battery()).isGreaterThan(before + 5);

        body.goTo(new Place(20, 12));
        assertThat(body.isCharging()).isFalse();
    }

    @Example
    void withoutEnergyItComesToRest() {
        SimulatedBody body = body(new Place(2, 12), 0.05);
        body.goTo(new Place(38, 12));
        body.step(60);

        assertThat(body.isPowerless()).isTrue();
        assertThat(body.drive().isAtRest()).isTrue();
        assertThat(body.hasArrived()).isFalse();
    }

    private static SimulatedBody body(Place start, double battery) {
        return new SimulatedBody(LIMITS, start, 0.7, new Place(4, 1), battery);
    }

    @Provide
    Arbitrary<Place> places() {
        Arbitrary<Double> x = Arbitraries.doubles().between(FLOOR.margin(), FLOOR.width() - FLOOR.margin());
        Arbitrary<Double> y = Arbitraries.doubles().between(FLOOR.margin(), FLOOR.depth() - FLOOR.margin());
        return Combinators.combine(x, y).as(Place::new);
    }

    @Provide
    Arbitrary<List<Order>> orders() {
        return Combinators.combine(
                        Arbitraries.of(Order.What.values()),
                        places(),
                        Arbitraries.integers().between(1, 400))
                .as(Order::new)
                .list()
                .ofMaxSize(15);
    }

    /** Something the body is told, and for how many steps it is then left alone. */
    record Order(What what, Place place, int steps) {
        enum What {
            GO,
            GO_TO_DOCK,
            HALT,
            HOLD,
            LET_GO,
            PLUG_IN
        }

        void giveTo(SimulatedBody body) {
            switch (what) {
                case GO -> body.goTo(place);
                case GO_TO_DOCK -> body.goTo(body.dock());
                case HALT -> body.halt();
                case HOLD -> body.hold();
                case LET_GO -> body.letGo();
                case PLUG_IN -> body.plugIn();
            }
        }
    }
}
