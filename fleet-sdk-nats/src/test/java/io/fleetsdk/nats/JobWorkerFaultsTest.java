package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobHandler;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.testing.FleetExtension;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What must not stop a worker, nor lose it a job: orders, signals that were missed, handlers that say too much. */
class JobWorkerFaultsTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static final JobType<Integer, String> TASK = JobType.of("task", Integer.class, String.class);
    private static final JobOptions ONE_ATTEMPT =
            JobOptions.builder().retry(RetryPolicy.never()).build();

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs()
            .define(JobQueueSpec.of("faults" + QUEUES.incrementAndGet()).withHeartbeatTimeout(Duration.ofSeconds(1)));
    private final List<JobWorker> workers = new ArrayList<>();

    @AfterEach
    void stopWorkers() {
        workers.forEach(worker -> worker.stop(Duration.ZERO));
    }

    private JobWorker working(int concurrency, JobHandler<Integer, String> handler) {
        JobWorker worker = JobWorker.builder(queue)
                .handle(TASK, handler)
                .concurrency(concurrency)
                .start();
        workers.add(worker);
        return worker;
    }

    @Test
    void aWorkerThatWasQuietTakesAgainWhatCameMeanwhile() {
        JobWorker worker = working(1, (number, context) -> "done");
        assertThat(queue.submit(TASK, 0).await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
        worker.quiet();
        JobHandle<String> meanwhile = queue.submit(TASK, 1);
        await().atMost(SOON).until(() -> wasDeliveredOrWaits("normal"));

        worker.resume();

        assertThat(meanwhile.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>("done"));
        assertThat(queue.submit(TASK, 2).await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
    }

    /** The pull of the quiet worker may have been out still, or not. */
    private boolean wasDeliveredOrWaits(String lane) throws Exception {
        try (Connection admin = Nats.connect(BROKER.server().url())) {
            ConsumerInfo info = admin.jetStreamManagement().getConsumerInfo("JOBS_" + queue.name(), lane);
            return info.getDelivered().getConsumerSequence() >= 2 || info.getNumPending() >= 1;
        }
    }

    @Test
    void aHandlerThatReportsTooMuchIsToldAndNoOtherJobSuffers() {
        String large = "o".repeat(5_000_000);
        working(2, (number, context) -> {
            if (number == 0) {
                context.progress(0.5, "all of it", JsonObject.of("map", large));
            } else if (number == 1) {
                return context.once("map", String.class, () -> large);
            }
            context.progress(0.5, "some of it");
            return "done";
        });

        JobHandle<String> detail = queue.submit(TASK, 0, ONE_ATTEMPT);
        JobHandle<String> effect = queue.submit(TASK, 1, ONE_ATTEMPT);
        JobHandle<String> modest = queue.submit(TASK, 2, ONE_ATTEMPT);

        assertThat(List.of(detail.await(SOON), effect.await(SOON)))
                .extracting(
                        outcome -> ((JobOutcome.Failed<String>) outcome).error().name())
                .containsOnly(InvalidInputException.class.getName());
        assertThat(modest.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>("done"));
    }

    @Test
    void whoStopsAWorkerThatIsStoppingWaitsUntilItHasStopped() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        JobWorker worker = working(1, (number, context) -> {
            mayEnd.await();
            return "done";
        });
        JobHandle<String> job = queue.submit(TASK, 0);
        await().atMost(SOON).until(() -> job.job().state() == JobState.RUNNING);
        Thread first = new Thread(() -> worker.stop(SOON));
        List<WorkerState> seen = new CopyOnWriteArrayList<>();
        Thread second = new Thread(() -> {
            worker.stop(Duration.ZERO);
            seen.add(worker.state());
        });
        first.start();
        await().atMost(SOON).until(() -> worker.state() == WorkerState.TERMINATING);
        second.start();
        await().atMost(SOON).until(() -> second.getState() == Thread.State.BLOCKED || !second.isAlive());

        mayEnd.countDown();

        second.join(SOON.toMillis());
        assertThat(seen).containsExactly(WorkerState.STOPPED);
        assertThat(job.await(SOON)).isEqualTo(new JobOutcome.Succeeded<>("done"));
    }

    @Test
    void aWorkerThatCannotStartLeavesNobodyListening() throws Exception {
        Options options = new Options.Builder()
                .server(BROKER.server().url())
                .reportNoResponders()
                .build();
        try (Connection admin = Nats.connect(options)) {
            admin.jetStreamManagement()
                    .createConsumer(
                            "JOBS_" + queue.name(),
                            ConsumerConfiguration.builder()
                                    .durable("ticks")
                                    .deliverPolicy(DeliverPolicy.New)
                                    .build());

            assertThatThrownBy(() -> working(1, (number, context) -> "done")).isInstanceOf(FleetException.class);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    admin.request("jobsignals." + queue.name(), "{}".getBytes(StandardCharsets.UTF_8)))
                            .failsWithin(SOON)
                            .withThrowableThat()
                            .withCauseInstanceOf(JetStreamStatusException.class));
        }
        assertThat(queue.workers()).isEmpty();
    }

    @Test
    void aTenantsLaneOfWhichNobodyToldIsFoundAndClearedOfWhatIsDone() throws Exception {
        working(1, (number, context) -> "done");
        try (Connection stranger = Nats.connect(BROKER.server().url())) {
            stranger.jetStreamManagement()
                    .createConsumer(
                            "JOBS_" + queue.name(),
                            ConsumerConfiguration.builder()
                                    .durable("normal-silent")
                                    .filterSubject("jobs." + queue.name() + ".normal.silent.*")
                                    .ackPolicy(AckPolicy.Explicit)
                                    .ackWait(Duration.ofSeconds(1))
                                    .build());
            stranger.publish(
                    "jobs." + queue.name() + ".normal.silent.first",
                    new Headers().put("Fleet-Type", "task"),
                    "1".getBytes(StandardCharsets.UTF_8));
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(queue.job(JobId.of("first"))).map(Job::state).contains(JobState.SUCCEEDED));
        try (Connection admin = Nats.connect(BROKER.server().url())) {
            await().atMost(SOON)
                    .until(() -> admin.jetStreamManagement()
                                    .getStreamInfo("JOBS_" + queue.name())
                                    .getStreamState()
                                    .getMsgCount()
                            == 0);
        }
    }

    @Test
    void aWorkerThatStopsAtAnyMomentFailsNoJob() throws Exception {
        List<JobHandle<String>> handles = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            queue.submitAll(
                            TASK,
                            IntStream.range(0, 100)
                                    .mapToObj(i -> new JobRequest<>(i, ONE_ATTEMPT))
                                    .toList())
                    .forEach(submission -> handles.add(submission.handle().orElseThrow()));
            CountDownLatch some = new CountDownLatch(10 + 5 * round);
            JobWorker brief = working(4, (number, context) -> {
                some.countDown();
                new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
                return "done";
            });
            assertThat(some.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            brief.stop(Duration.ZERO);
        }
        working(8, (number, context) -> "done");

        assertThat(handles)
                .allSatisfy(handle -> assertThat(handle.await(SOON).state()).isEqualTo(JobState.SUCCEEDED));
    }

    @Test
    void aJobThatWaitsForTheQueuesRateIsKeptFromOtherHandlers() {
        queue.limit(QueueLimits.none().withRate(1, Duration.ofSeconds(2)));
        Map<Integer, Integer> runs = new ConcurrentHashMap<>();
        JobHandler<Integer, String> counting = (number, context) -> {
            runs.merge(number, 1, Integer::sum);
            new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS);
            return "done";
        };
        working(2, counting);
        working(2, counting);
        List<JobHandle<String>> handles =
                IntStream.range(0, 3).mapToObj(i -> queue.submit(TASK, i)).toList();

        assertThat(handles)
                .allSatisfy(handle -> assertThat(handle.await(SOON).state()).isEqualTo(JobState.SUCCEEDED));
        assertThat(runs.values()).as("runs of each").containsOnly(1);
    }
}
