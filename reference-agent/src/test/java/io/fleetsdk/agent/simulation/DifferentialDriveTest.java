package io.fleetsdk.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fleetsdk.telemetry.Velocity;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DifferentialDriveTest {
    private static final DriveLimits LIMITS = DriveLimits.standard();
    private static final double DT = 0.02;
    private static final double ROUNDING = 1e-9;

    @Property(tries = 300)
    void noWishMakesItBreakItsLimits(@ForAll("wishes") List<Wish> wishes, @ForAll("limits") DriveLimits limits) {
        DifferentialDrive drive = new DifferentialDrive(limits, new Place(0, 0), 0);
        for (Wish wish : wishes) {
            for (int i = 0; i < wish.moments(); i++) {
                Velocity before = drive.velocity();
                drive.step(DT, wish.velocity());
                assertWithinLimits(drive, before);
            }
        }
    }

    private static void assertWithinLimits(DifferentialDrive drive, Velocity before) {
        DriveLimits limits = drive.limits();
        Velocity now = drive.velocity();
        double steepest = Math.max(limits.acceleration(), limits.braking());
        assertThat(Math.abs(now.linear())).isLessThanOrEqualTo(limits.topSpeed() + ROUNDING);
        assertThat(Math.abs(now.angular())).isLessThanOrEqualTo(limits.topTurn() + ROUNDING);
        assertThat(Math.abs(drive.leftWheel())).isLessThanOrEqualTo(limits.wheelSpeed() + ROUNDING);
        assertThat(Math.abs(drive.rightWheel())).isLessThanOrEqualTo(limits.wheelSpeed() + ROUNDING);
        assertThat(Math.abs(now.linear() - before.linear())).isLessThanOrEqualTo(steepest * DT + ROUNDING);
        assertThat(Math.abs(now.angular() - before.angular()))
                .isLessThanOrEqualTo(limits.turnAcceleration() * DT + ROUNDING);
    }

    @Property(tries = 300)
    void anEmergencyBrakingIsOverWithinSpeedByDeceleration(@ForAll("wishes") List<Wish> wishes) {
        DifferentialDrive drive = standing();
        wishes.forEach(wish -> {
            for (int i = 0; i < wish.moments(); i++) {
                drive.step(DT, wish.velocity());
            }
        });
        double seconds = Math.max(
                Math.abs(drive.velocity().linear()) / LIMITS.emergencyBraking(),
                Math.abs(drive.velocity().angular()) / LIMITS.emergencyTurnBraking());
        // one moment more, for what rounding leaves of the last
        for (int i = 0; i < Math.ceil(seconds / DT) + 1; i++) {
            drive.brake(DT);
        }
        assertThat(drive.isAtRest()).isTrue();

        Place rest = drive.place();
        drive.brake(DT);
        assertThat(drive.place()).isEqualTo(rest);
    }

    @Example
    void straightAheadItDrivesAlongItsHeading() {
        DifferentialDrive drive = new DifferentialDrive(LIMITS, new Place(1, 2), Math.PI / 2);
        for (int i = 0; i < 500; i++) {
            drive.step(DT, new Velocity(1, 0));
        }

        // 10 s at 1 m/s, less half of the 1.25 s it took to get that fast
        assertThat(drive.place().y()).isCloseTo(2 + 10 - 0.625, within(0.02));
        assertThat(drive.place().x()).isCloseTo(1, within(ROUNDING));
        assertThat(drive.odometer()).isCloseTo(drive.place().y() - 2, within(ROUNDING));
    }

    @Example
    void withOneVelocityItDrivesACircle() {
        DifferentialDrive drive = standing();
        for (int i = 0; i < 10_000; i++) {
            drive.step(DT, new Velocity(1, 0.5));
        }
        Place somewhere = drive.place();
        double lapSeconds = 2 * Math.PI / 0.5;
        for (int i = 0; i < Math.round(lapSeconds / DT); i++) {
            drive.step(DT, new Velocity(1, 0.5));
        }

        assertThat(drive.place().distanceTo(somewhere)).isLessThan(0.02);
    }

    private static DifferentialDrive standing() {
        return new DifferentialDrive(LIMITS, new Place(0, 0), 0);
    }

    @Provide
    Arbitrary<List<Wish>> wishes() {
        Arbitrary<Double> linear = Arbitraries.doubles().between(-5, 5);
        Arbitrary<Double> angular = Arbitraries.doubles().between(-5, 5);
        Arbitrary<Integer> moments = Arbitraries.integers().between(1, 100);
        return Combinators.combine(linear, angular, moments)
                .as((v, w, n) -> new Wish(new Velocity(v, w), n))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<DriveLimits> limits() {
        Arbitrary<Double> any = Arbitraries.doubles().between(0.5, 8);
        return Combinators.combine(any, any, any, any)
                .as((speed, acceleration, braking, turnAcceleration) ->
                        new DriveLimits(speed, 2, speed * 1.1, 0.5, acceleration, braking, 3, turnAcceleration, 6));
    }

    /** A velocity wanted for some moments. */
    record Wish(Velocity velocity, int moments) {}
}
