package io.fleetsdk.server.cli.logs;

import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Submits the work. The first segments become one flow with a summary behind it, and each later one a job. One is submitted too early
 * on purpose: its first attempts fail, for it is not complete, and a later one does it.
 */
final class LogJobs implements LogRecorder.Listener {
    /** The queue. */
    static final String QUEUE = "logs";

    static final JobType<LogSegment, CompressedLog> COMPRESS =
            JobType.of("compress-log", LogSegment.class, CompressedLog.class);
    static final JobType<JsonObject, LogTotals> SUMMARISE =
            JobType.of("summarise-logs", JsonObject.class, LogTotals.class);

    private static final int FLOW = 3;
    private static final String EVERY = "@every 30s";
    private static final RetryPolicy SOON = RetryPolicy.fixed(5, Duration.ofSeconds(4));

    private final JobQueue queue;
    private final List<LogSegment> first = new ArrayList<>();
    private Optional<LogSegment> early = Optional.empty();
    private boolean isFlowSubmitted;

    LogJobs(JobQueue queue) {
        this.queue = queue;
    }

    @Override
    public void begun(LogSegment segment) {
        if (isFlowSubmitted && early.isEmpty()) {
            early = Optional.of(segment);
            submit(segment);
        }
    }

    @Override
    public void completed(LogSegment segment) {
        if (isFlowSubmitted) {
            submit(segment);
            return;
        }
        first.add(segment);
        if (first.size() == FLOW) {
            isFlowSubmitted = true;
            queue.submit(flow());
            repeat(segment.robot());
        }
    }

    /** The id is the segment's name: the one that was submitted early is not submitted again. */
    private void submit(LogSegment segment) {
        queue.submit(COMPRESS, segment, options(segment));
    }

    private JobFlow<JsonObject, LogTotals> flow() {
        JobFlow<JsonObject, LogTotals> flow = JobFlow.of(SUMMARISE, JsonObject.empty());
        for (LogSegment segment : first) {
            flow = flow.after(QUEUE, JobFlow.of(COMPRESS, segment, options(segment)));
        }
        return flow;
    }

    private void repeat(RobotId robot) {
        queue.schedules()
                .put(JobSchedule.of("newest-log", EVERY, COMPRESS, new LogSegment(robot, null))
                        .withOptions(JobOptions.builder().retry(SOON).build()));
    }

    private static JobOptions options(LogSegment segment) {
        return JobOptions.builder()
                .id(segment.name())
                .retry(SOON)
                .tenant(segment.robot().value())
                .build();
    }
}
