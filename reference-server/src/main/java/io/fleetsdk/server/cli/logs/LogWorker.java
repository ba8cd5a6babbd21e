package io.fleetsdk.server.cli.logs;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryFilter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Records, submits and compresses, from the start until it is closed. */
final class LogWorker implements AutoCloseable {
    private static final int AT_ONCE = 3;
    private static final int BUFFER = 1_000;

    private final JobWorker worker;
    private final Subscription telemetry;

    private LogWorker(JobWorker worker, Subscription telemetry) {
        this.worker = worker;
        this.telemetry = telemetry;
    }

    /**
     * @param directory for the logs; must be there
     * @param pace what a segment's compression takes at least
     */
    static LogWorker start(Fleet fleet, JsonCodec codec, Path directory, Clock clock, Duration pace) {
        LogArchive archive = new LogArchive(directory);
        JobQueue queue = fleet.jobs().define(JobQueueSpec.of(LogJobs.QUEUE));
        JobWorker worker = JobWorker.builder(queue)
                .handle(LogJobs.COMPRESS, new LogCompression(archive, clock, pace))
                .handle(LogJobs.SUMMARISE, new LogSummary())
                .concurrency(AT_ONCE)
                .start();
        LogRecorder recorder = new LogRecorder(archive, codec, new LogJobs(queue));
        return new LogWorker(
                worker,
                fleet.telemetry().subscribe(TelemetryFilter.everything(), Overflow.waitForRoom(BUFFER), recorder));
    }

    /** Jobs that are not done soon go back to the queue. */
    @Override
    public void close() {
        telemetry.close();
        worker.stop(Duration.ofSeconds(2));
    }
}
