package io.fleetsdk.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingFormatsTest {
    private static final Offset<Double> EXACT = within(1e-9);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "t, 2.5", "time, 2.5", "timestamp, 2.5", "timestamp_s, 2.5",
        "timestamp_ms, 0.0025", "timestamp_us, 0.0000025", "timestamp_ns, 0.0000000025", "T, 2.5"
    })
    void theTimesUnitFollowsFromItsColumnsName(String column, double seconds) {
        Recording recording = Texts.recording(column + ",x,y", "1.0,0,0", "3.5,1,1");

        assertThat(recording.seconds()).isCloseTo(seconds, EXACT);
    }

    @Test
    void aTimestampBesidePx4ColumnsIsInMicroseconds() {
        Recording recording = Texts.recording("timestamp,x_north,y_east", "20321827,0,0", "22321827,1,1");

        assertThat(recording.seconds()).isCloseTo(2, EXACT);
    }

    @Test
    void columnsMayComeInAnyOrderWithOthersBetweenThem() {
        Pose pose = last("theta,note,y,t,x", "0,start,0,0,0", "0.5,end,7,1,6");

        assertThat(pose.x()).isEqualTo(6);
        assertThat(pose.y()).isEqualTo(7);
        assertThat(pose.attitude().yaw()).isCloseTo(0.5, EXACT);
    }

    @Test
    void commentsEmptyLinesWindowsLineEndsAndAByteOrderMarkDoNotMatter() {
        Recording recording = Recording.read(
                "windows.csv", Texts.text("\uFEFF# a drive\r\n\r\nt,x,y\r\n0,0,0\r\n# half way\r\n1,3,4\r\n\r\n"));

        assertThat(recording.poses()).isEqualTo(2);
        assertThat(recording.distance()).isCloseTo(5, EXACT);
    }

    @Test
    void aTumFileHasNoHeader() {
        Pose pose = last("# time x y z qx qy qz qw", "0 0 0 0 0 0 0 1", "1.5  1e0\t-2 3.25 0 0 1 0");

        assertThat(pose.seconds()).isEqualTo(1.5);
        assertThat(pose.y()).isEqualTo(-2);
        assertThat(pose.z()).isEqualTo(3.25);
        assertThat(Math.abs(pose.attitude().yaw())).isCloseTo(Math.PI, EXACT);
    }

    @Test
    void northEastDownBecomesEastNorthUp() {
        Pose pose =
                last("timestamp_us,x_north,y_east,z_down,qw,qx,qy,qz", "0,0,0,0,1,0,0,0", "1000000,10,20,-5,1,0,0,0");

        assertThat(pose.x()).isEqualTo(20);
        assertThat(pose.y()).isEqualTo(10);
        assertThat(pose.z()).isEqualTo(5);
        assertThat(pose.attitude().yaw()).as("facing north").isCloseTo(Math.PI / 2, EXACT);
        assertThat(pose.attitude().roll()).isCloseTo(0, EXACT);
        assertThat(pose.attitude().pitch()).isCloseTo(0, EXACT);
    }

    @Test
    void aCompassTurnToTheRightIsAMapTurnToTheRight() {
        double half = Math.toRadians(30) / 2;
        Pose pose = last(
                "timestamp_us,x_north,y_east,qw,qx,qy,qz",
                "0,0,0,1,0,0,0",
                "1,0,0," + Math.cos(half) + ",0,0," + Math.sin(half));

        assertThat(Math.toDegrees(pose.attitude().yaw())).isCloseTo(90 - 30, within(1e-6));
    }

    /** A degree of latitude at 45° is 111,131.8 m, of longitude 78,846.8 m (WGS 84 tables). */
    @Test
    void satelliteFixesBecomeMetresEastAndNorthOfTheFirst() {
        Pose pose = last("t,lat,lon,alt", "0,45,7,100", "1,45.001,7.001,103");

        assertThat(pose.y()).isCloseTo(111.1318, within(0.01));
        assertThat(pose.x()).isCloseTo(78.8468, within(0.01));
        assertThat(pose.z()).isCloseTo(3, EXACT);
    }

    @Test
    void theDateLineIsCrossedTheShortWay() {
        Pose pose = last("t,lat,lon", "0,0,179.9999", "1,0,-179.9999");

        assertThat(pose.x()).isCloseTo(22.26, within(0.01));
    }

    @Test
    void positionsWithoutAHeadingFaceTheWayTheyMoveNotTheWayTheyScatter() {
        var poses = Texts.poses(Texts.recording("t,x,y", "0,0,0", "1,0,1", "2,0.1,0.9", "3,0,2"));

        assertThat(poses)
                .extracting(pose -> Math.toDegrees(pose.attitude().yaw()))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-6 ? 0 : 1)
                .containsExactly(0.0, 90.0, 90.0, 90.0);
    }

    @Test
    void deadReckoningCountsHalfATurnForTheDirectionOfItsStep() {
        double quarter = Math.PI / 2;
        Pose pose = last("t,delta_dist,delta_heading", "0,0,0", "1,1," + quarter, "2,1," + quarter);

        assertThat(pose.x()).as("two eighths of a circle lead straight up").isCloseTo(0, EXACT);
        assertThat(pose.y()).isCloseTo(Math.sqrt(2), EXACT);
        assertThat(Math.abs(pose.attitude().yaw())).isCloseTo(Math.PI, EXACT);
    }

    private static Pose last(String... lines) {
        var poses = Texts.poses(Texts.recording(lines));
        return poses.get(poses.size() - 1);
    }
}
