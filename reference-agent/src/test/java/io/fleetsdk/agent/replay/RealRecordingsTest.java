package io.fleetsdk.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.agent.SharedData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drives and flights of real robots; figures from the files' own description or counted by hand. */
class RealRecordingsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "husky_odom.csv,            3952,  395.3,  359,   1",
        "husky_gps.csv,              989,  395.2,  448,   1",
        "mower_plaza1_gt.csv,       9658, 1933.4, 1859,   1",
        "mower_plaza1_odom.csv,     9657, 1933.2, 1859,  10",
        "px4_cubeorange_pose.csv,    636,    6.5,  1.1, 0.1",
        "px4_sitl_quad_pose.csv,     313,   31.1,  5.2, 0.1",
        "px4_x21_pose.csv,           678,   68.8,  0.1, 0.1",
        "drone_vio_MH_01.tum,       3682,  184.0, 81.6, 0.1",
        "drone_vio_MH_03.tum,       2700,  134.9, 131.9, 0.1",
        "drone_vio_V2_01.tum,       2280,  113.9, 36.7, 0.1",
        "drone_vio_V2_02.tum,       2283,  114.1, 84.3, 0.1"
    })
    void isReadWhole(String name, long poses, double seconds, double metres, double tolerance) {
        Recording recording = Recording.read(SharedData.file("trajectories/" + name));

        assertThat(recording.poses()).isEqualTo(poses);
        assertThat(recording.seconds()).isCloseTo(seconds, within(0.1));
        assertThat(recording.distance()).isCloseTo(metres, within(tolerance));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "husky_imu_div5.csv,            line 1,  must name position columns",
        "mower_plaza1_uwb.csv,          line 1,  must name position columns",
        "px4_cubeorange_battery0.csv,   line 1,  must name position columns",
        "px4_cubeorange_battery1.csv,   line 1,  must name position columns",
        "px4_cubeorange_status.csv,     line 1,  must name position columns",
        "px4_sitl_quad_battery0.csv,    line 1,  must name position columns",
        "px4_sitl_quad_status.csv,      line 1,  must name position columns",
        "px4_x21_status.csv,            line 1,  must name position columns",
        "raw/husky.bag,                 line 2,  must be text",
        "raw/px4_cubeorange.ulg,        line 1,  must be text",
        "joints_reachy2/amazed1.json,   line 1,  must name"
    })
    void isRefusedForWhatItIsNot(String name, String place, String rule) {
        var file = SharedData.file("trajectories/" + name);

        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file + " " + place)
                .hasMessageContaining(rule)
                .message()
                .hasLineCount(1);
    }

    /** The husky's wheel odometry ends 31 m from its start, its satellite fixes 13 m (and 22 m lower). */
    @Test
    void theHuskyEndsWhereItsLogsSay() {
        assertThat(endToEnd("husky_odom.csv")).isCloseTo(31, within(1.0));
        assertThat(endToEnd("husky_gps.csv")).isCloseTo(13, within(1.0));
    }

    /** The mower's steps, summed up, keep to the shape of its ground truth for the first minutes before they drift. */
    @Test
    void theMowersStepsAddUpToItsWay() {
        List<Pose> truth = Texts.poses(Recording.read(SharedData.file("trajectories/mower_plaza1_gt.csv")));
        List<Pose> steps = Texts.poses(Recording.read(SharedData.file("trajectories/mower_plaza1_odom.csv")));

        assertThat(fromStart(steps, 1500)).isCloseTo(fromStart(truth, 1500), within(2.0));
    }

    private static double fromStart(List<Pose> poses, int index) {
        return poses.get(0).distanceTo(poses.get(index));
    }

    private static double endToEnd(String name) {
        List<Pose> poses = Texts.poses(Recording.read(SharedData.file("trajectories/" + name)));
        Pose first = poses.get(0);
        Pose last = poses.get(poses.size() - 1);
        return Math.hypot(last.x() - first.x(), last.y() - first.y());
    }
}
