package io.fleetsdk.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.agent.SharedData;
import io.fleetsdk.agent.replay.Playback.Laps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybackTest {
    private static final Recording SQUARE_CORNER =
            Texts.recording("t,x,y,theta", "100,0,0,0", "102,4,0,0", "103,4,0,1.5", "106,4,9,1.5");

    @Test
    void betweenTwoPosesItIsInBetween() {
        try (Playback playback = new Playback(SQUARE_CORNER, Laps.ONCE)) {
            playback.advance(0.5, 1);
            assertThat(playback.pose().x()).isEqualTo(1);
            assertThat(playback.velocity().linear()).isEqualTo(2);

            playback.advance(2, 1);
            assertThat(playback.pose().attitude().yaw()).isCloseTo(0.75, within(1e-9));
            assertThat(playback.velocity().angular()).isCloseTo(1.5, within(1e-9));
            assertThat(playback.position()).isEqualTo(2.5);
            assertThat(playback.driven()).isEqualTo(4);
        }
    }

    @Test
    void atTwiceTheSpeedItIsThereInHalfTheTime() {
        try (Playback playback = new Playback(SQUARE_CORNER, Laps.ONCE)) {
            playback.advance(3, 2);

            assertThat(playback.hasEnded()).isTrue();
            assertThat(playback.pose().y()).isEqualTo(9);
        }
    }

    @Test
    void drivingBackwardsHasNegativeSpeed() {
        try (Playback playback = new Playback(Texts.recording("t,x,y,theta", "0,0,0,0", "1,-1,0,0"), Laps.ONCE)) {
            playback.advance(0.5, 1);

            assertThat(playback.velocity().linear()).isEqualTo(-1);
        }
    }

    @Test
    void afterTheLastPoseItHoldsAndThenBeginsTheNextLap() {
        try (Playback playback = new Playback(SQUARE_CORNER, Laps.ENDLESS)) {
            playback.advance(6, 1);
            playback.advance(Playback.HOLD_SECONDS - 0.1, 1);
            assertThat(playback.pose().y()).isEqualTo(9);
            assertThat(playback.velocity().linear()).isZero();
            assertThat(playback.lap()).isEqualTo(1);

            playback.advance(0.2, 1);
            assertThat(playback.pose().y()).isZero();
            assertThat(playback.lap()).isEqualTo(2);
            assertThat(playback.driven()).isZero();
        }
    }

    @Test
    void playedOnceItStaysAtTheEnd() {
        try (Playback playback = new Playback(SQUARE_CORNER, Laps.ONCE)) {
            playback.advance(6, 1);
            playback.advance(1000, 1);

            assertThat(playback.hasEnded()).isTrue();
            assertThat(playback.pose().y()).isEqualTo(9);
            assertThat(playback.lap()).isEqualTo(1);
        }
    }

    @Test
    void aLapWhoseFileIsGoneLeavesTheRobotWhereItIs(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("short.csv"), "t,x,y\n0,0,0\n1,5,0\n");
        try (Playback playback = new Playback(Recording.read(file), Laps.ENDLESS)) {
            playback.advance(1, 1);
            Files.delete(file);

            assertThatThrownBy(() -> playback.advance(Playback.HOLD_SECONDS, 1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("no such file");
            assertThat(playback.pose().x()).isEqualTo(5);
        }
    }

    @Property(tries = 200)
    void howeverTimeIsCutTheWholeWayIsDriven(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 2) Double> steps) {
        try (Playback playback = new Playback(SQUARE_CORNER, Laps.ONCE)) {
            steps.forEach(step -> playback.advance(step, 1));
            playback.advance(6, 1);

            assertThat(playback.driven()).isCloseTo(SQUARE_CORNER.distance(), within(1e-9));
        }
    }

    @Test
    void theHuskyDrivesItsRecordedWayInItsRecordedTime() {
        Recording drive = Recording.read(SharedData.file("trajectories/husky_odom.csv"));
        try (Playback playback = new Playback(drive, Laps.ONCE)) {
            for (int i = 0; i < 395 * 20; i++) {
                playback.advance(0.05, 1);
                assertThat(Math.abs(playback.velocity().linear()))
                        .as("the husky's top speed")
                        .isLessThan(1.6);
            }
            assertThat(playback.hasEnded()).isFalse();
            playback.advance(0.4, 1);

            assertThat(playback.hasEnded()).isTrue();
            assertThat(playback.driven()).isCloseTo(359, within(1.0));
        }
    }
}
