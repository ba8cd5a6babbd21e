package io.fleetsdk.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AttitudeTest {
    @Property
    void aYawIsReadBack(@ForAll @DoubleRange(min = -3.14, max = 3.14) double yaw) {
        assertThat(Attitude.ofYaw(yaw).yaw()).isCloseTo(yaw, within(1e-9));
    }

    @Property
    void anUnwrappedYawIsTheSameAttitude(@ForAll @DoubleRange(min = -3, max = 3) double yaw) {
        assertThat(Attitude.ofYaw(yaw + 6 * Math.PI).yaw()).isCloseTo(yaw, within(1e-9));
    }

    @Property
    void halfWayIsInTheMiddleOfTheShortArc(
            @ForAll @DoubleRange(min = -10, max = 10) double from,
            @ForAll @DoubleRange(min = -3, max = 3) double turn,
            @ForAll @IntRange(min = -2, max = 2) int rounds) {
        Attitude to = Attitude.ofYaw(from + turn + rounds * 2 * Math.PI);
        double middle = Attitude.ofYaw(from).towards(to, 0.5).yaw();

        assertThat(Math.IEEEremainder(middle - (from + turn / 2), 2 * Math.PI)).isCloseTo(0, within(1e-9));
    }

    @Test
    void rollAndPitchAreThoseOfTheirAxes() {
        double half = 0.3 / 2;

        assertThat(new Attitude(Math.cos(half), Math.sin(half), 0, 0).roll()).isCloseTo(0.3, within(1e-9));
        assertThat(new Attitude(Math.cos(half), 0, Math.sin(half), 0).pitch()).isCloseTo(0.3, within(1e-9));
    }
}
