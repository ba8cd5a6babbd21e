package io.fleetsdk.server.cli.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.testing.NatsServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's worker on a real broker. */
class LogWorkerTest {
    private static final RobotId ROBOT = RobotId.of("RB-1");
    private static final String LINES = "{\"x\": 1.25, \"y\": 7.5}\n".repeat(1_000);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final NatsServer server = NatsServer.start();
    private final Fleet fleet = NatsFleet.provision(NatsOptions.builder()
            .server(server.url())
            .topology(FleetTopology.defaults().withByteBudget(1L << 30))
            .build());

    @AfterEach
    void end() {
        fleet.close();
        server.close();
    }

    @Test
    void aSegmentIsCompressedAndComesOutAgain() throws IOException {
        segment(1);
        try (LogWorker worker = worker(Duration.ZERO)) {
            CompressedLog log = queue().submit(LogJobs.COMPRESS, new LogSegment(ROBOT, null))
                    .await(LONG)
                    .result();

            assertThat(log.file()).isEqualTo("RB-1-0001.jsonl.gz");
            assertThat(log.bytesIn()).isEqualTo(LINES.length());
            assertThat(log.bytesOut())
                    .isEqualTo(Files.size(directory.resolve(log.file())))
                    .isLessThan(LINES.length() / 10);
            assertThat(decompressed(log.file())).isEqualTo(LINES);
            assertThat(worker).isNotNull();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aSegmentThatIsNotCompleteYetIsDoneByALaterAttempt() throws IOException {
        try (LogWorker worker = worker(Duration.ZERO)) {
            JobHandle<CompressedLog> job = queue().submit(
                            LogJobs.COMPRESS,
                            new LogSegment(ROBOT, 1),
                            JobOptions.builder()
                                    .retry(RetryPolicy.fixed(50, Duration.ofMillis(500)))
                                    .build());
            await().until(() -> job.job().state() == JobState.RETRYING);

            segment(1);

            assertThat(job.await(LONG).state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(job.job().attempts().get(0).error())
                    .hasValueSatisfying(error -> assertThat(error.message()).isEqualTo("RB-1-0001 is not complete"));
            assertThat(worker).isNotNull();
        }
    }

    @Test
    void aCancelledCompressionStopsAtOnceAndLeavesNothing() throws IOException {
        segment(1);
        try (LogWorker worker = worker(Duration.ofHours(1))) {
            JobHandle<CompressedLog> job = queue().submit(LogJobs.COMPRESS, new LogSegment(ROBOT, 1));
            await().until(() -> job.job().progress().fraction() > 0);

            job.cancel();

            assertThat(job.await(LONG).state()).isEqualTo(JobState.CANCELLED);
            assertThat(worker).isNotNull();
        }
        assertThat(directory.toFile().list()).containsExactly("RB-1-0001.jsonl");
    }

    @Test
    void aSummaryAddsUpTheSegmentsBeforeIt() throws IOException {
        segment(1);
        segment(2);
        try (LogWorker worker = worker(Duration.ZERO)) {
            LogTotals totals = queue().submit(JobFlow.of(LogJobs.SUMMARISE, JsonObject.empty())
                            .after(LogJobs.QUEUE, JobFlow.of(LogJobs.COMPRESS, new LogSegment(ROBOT, 1)))
                            .after(LogJobs.QUEUE, JobFlow.of(LogJobs.COMPRESS, new LogSegment(ROBOT, 2))))
                    .await(LONG)
                    .result();

            assertThat(totals.logs()).isEqualTo(2);
            assertThat(totals.bytesIn()).isEqualTo(2L * LINES.length());
            assertThat(totals.ratio()).isBetween(0.0, 0.1);
            assertThat(worker).isNotNull();
        }
    }

    /** Inputs are anybody's. */
    @Test
    void aRobotThatIsAPathIsRefused() {
        try (LogWorker worker = worker(Duration.ZERO)) {
            JobHandle<Object> job =
                    queue().submit(JobType.untyped("compress-log"), Map.of("robot", "../../etc/passwd", "number", 1));

            assertThat(job.await(LONG).state()).isEqualTo(JobState.FAILED);
            assertThat(worker).isNotNull();
        }
    }

    private LogWorker worker(Duration pace) {
        return LogWorker.start(fleet, new JacksonCodec(), directory, Clock.systemUTC(), pace);
    }

    private JobQueue queue() {
        return fleet.jobs().queue(LogJobs.QUEUE);
    }

    private void segment(int number) throws IOException {
        Files.writeString(directory.resolve("RB-1-000" + number + ".jsonl"), LINES);
    }

    private String decompressed(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(file)))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
