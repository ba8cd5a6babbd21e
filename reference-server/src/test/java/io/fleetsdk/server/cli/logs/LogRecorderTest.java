package io.fleetsdk.server.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRecorderTest {
    private static final Instant BEGIN = Instant.parse("2026-08-01T06:00:00Z");

    @TempDir
    private Path directory;

    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void record() {
        LogRecorder recorder = recorder();
        for (int second = 0; second <= 14; second++) {
            recorder.accept(reading("RB-1", second));
        }
    }

    @Test
    void telemetryIsCutIntoSegmentsThatAreCompleteOnceTheNextBegins() throws IOException {
        assertThat(heard)
                .containsExactly(
                        "begun RB-1-0001",
                        "begun RB-1-0002",
                        "complete RB-1-0001",
                        "begun RB-1-0003",
                        "complete RB-1-0002");
        assertThat(Files.readAllLines(directory.resolve("RB-1-0001.jsonl")))
                .hasSize(7)
                .first()
                .asString()
                .contains("\"n\":0");
        assertThat(directory.resolve("RB-1-0003.jsonl.part")).exists();
    }

    @Test
    void aLaterRunGoesOnBehindTheEarlierOne() {
        recorder().accept(reading("RB-1", 60));

        assertThat(heard).last().isEqualTo("begun RB-1-0004");
    }

    @Test
    void onlyFourRobotsAreRecorded() {
        LogRecorder recorder = recorder();
        for (int robot = 11; robot <= 20; robot++) {
            recorder.accept(reading("RB-" + robot, 0));
        }

        assertThat(heard).contains("begun RB-14-0001").doesNotContain("begun RB-15-0001");
    }

    private LogRecorder recorder() {
        return new LogRecorder(new LogArchive(directory), new JacksonCodec(), new LogRecorder.Listener() {
            @Override
            public void begun(LogSegment segment) {
                heard.add("begun " + segment.name());
            }

            @Override
            public void completed(LogSegment segment) {
                heard.add("complete " + segment.name());
            }
        });
    }

    private static TelemetryReading reading(String robot, int second) {
        Instant time = BEGIN.plusSeconds(second);
        return new TelemetryReading(
                RobotId.of(robot),
                TelemetryChannel.WHOLE,
                time,
                time,
                OptionalLong.of(second),
                JsonObject.of("n", second));
    }
}
