package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.job.Submission;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers and brokers that die or freeze at the worst moments. */
class JobChaosTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LATER = Duration.ofMinutes(2);
    private static final JobOptions PATIENT =
            JobOptions.builder().retry(RetryPolicy.fixed(100, Duration.ZERO)).build();
    private static final int JOBS = 1_000;
    private static final int KILLS = 100;
    private static final int WORKERS = 4;

    private final TestBroker broker = new TestBroker();
    private final Fleet fleet = broker.fleet();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private JobQueue queue;
    private int started;

    @BeforeEach
    void defineQueue() throws Exception {
        queue = fleet.jobs().define(JobQueueSpec.of("chaos").withHeartbeatTimeout(Duration.ofSeconds(1)));
        try (Connection admin = Nats.connect(broker.server().url())) {
            admin.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("EFFECTS")
                            .subjects("effects.*")
                            .build());
        }
    }

    @AfterEach
    void end() {
        workers.forEach(WorkerProcess::close);
        fleet.close();
        broker.close();
    }

    private WorkerProcess startWorker() {
        WorkerProcess worker = new WorkerProcess(broker.server().url(), "chaos", "w" + ++started);
        workers.add(worker);
        return worker;
    }

    private long effects() throws Exception {
        try (Connection admin = Nats.connect(broker.server().url())) {
            return admin.jetStreamManagement()
                    .getStreamInfo("EFFECTS")
                    .getStreamState()
                    .getMsgCount();
        }
    }

    @Test
    void aHundredKilledWorkersLoseNoJobAndNoJobEndsTwice() throws Exception {
        Map<String, Integer> ends = new ConcurrentHashMap<>();
        JobOptions patient = JobOptions.builder()
                .retry(RetryPolicy.fixed(100, Duration.ZERO))
                .build();
        List<JobHandle<String>> handles = new ArrayList<>();
        try (Subscription watching = queue.watch(job -> countEnd(job, ends))) {
            queue.submitAll(
                            WorkerProgram.CHORE,
                            IntStream.range(0, JOBS)
                                    .mapToObj(i -> new JobRequest<>(20 + i % 80, PATIENT))
                                    .toList())
                    .forEach(submission -> handles.add(submission.handle().orElseThrow()));
            IntStream.range(0, WORKERS).forEach(i -> startWorker());
            for (int kills = 0; kills < KILLS; kills++) {
                killOneThatWorks();
            }
            assertThat(handles)
                    .allSatisfy(
                            handle -> assertThat(handle.await(LATER).state()).isEqualTo(JobState.SUCCEEDED));
            await().atMost(SOON).until(() -> ends.size() == JOBS);
        }
        assertThat(ends.values()).as("ends of each job").containsOnly(1);
        assertThat(effects())
                .as("effects: at most one more for each kill between effect and its record")
                .isBetween((long) JOBS, (long) JOBS + WORKERS * KILLS);
    }

    private static void countEnd(Job job, Map<String, Integer> ends) {
        if (job.state().isFinal()) {
            ends.merge(job.ref().id().value(), 1, Integer::sum);
        }
    }

    private void killOneThatWorks() {
        WorkerProcess victim = await().atMost(SOON)
                .until(
                        () -> workers.stream()
                                .filter(WorkerProcess::hasBegunSome)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        victim.kill();
        workers.remove(victim);
        startWorker();
    }

    @Test
    void aJobWhoseWorkersDieOneAfterTheOtherIsRunByTheThird() {
        JobHandle<String> handle = queue.submit(WorkerProgram.CHORE, 1_000);
        for (int deaths = 0; deaths < 2; deaths++) {
            WorkerProcess victim = startWorker();
            await().atMost(SOON).until(() -> victim.hasBegun(handle.id().value()));
            await().atMost(SOON).until(() -> hasRecorded(victim, handle.job()));
            victim.kill();
        }
        WorkerProcess last = startWorker();

        assertThat(handle.await(SOON).result()).startsWith(last.id());
        assertThat(handle.job().attempts())
                .extracting(JobAttempt::worker)
                .containsExactlyElementsOf(
                        workers.stream().map(WorkerProcess::id).toList());
    }

    private static boolean hasRecorded(WorkerProcess worker, Job job) {
        return job.attempts().stream().anyMatch(attempt -> attempt.worker().equals(worker.id()));
    }

    @Test
    void aFrozenWorkerLosesItsJobAndItsLateAnswerIsRefused() throws Exception {
        WorkerProcess frozen = startWorker();
        JobHandle<String> handle = queue.submit(WorkerProgram.CHORE, 1_500, PATIENT);
        await().atMost(SOON).until(() -> frozen.hasBegun(handle.id().value()));
        await().atMost(SOON).until(() -> handle.job().state() == JobState.RUNNING);
        frozen.freeze();
        WorkerProcess other = startWorker();
        await().atMost(SOON).until(() -> other.hasBegun(handle.id().value()));
        frozen.wake();

        JobOutcome<String> outcome = handle.await(SOON);

        Job job = handle.job();
        JobAttempt first = job.attempts().get(0);
        JobAttempt last = job.attempts().get(job.attempts().size() - 1);
        assertThat(first.worker()).isEqualTo(frozen.id());
        assertThat(first.endedAt()).as("the frozen attempt's answer").isEmpty();
        assertThat(last.number()).isGreaterThan(1);
        assertThat(outcome.result()).startsWith(last.worker());
        JobHandle<String> afterwards = queue.submit(WorkerProgram.CHORE, 1);
        assertThat(afterwards.await(SOON).state()).as("both workers live").isEqualTo(JobState.SUCCEEDED);
        assertThat(handle.job().attempts())
                .as("the late answer changed nothing")
                .isEqualTo(job.attempts());
        assertThat(effects()).as("once per job").isEqualTo(2);
    }

    @Test
    void aKilledBrokerLosesNoJobThatWasAccepted() {
        startWorker();
        startWorker();
        List<JobHandle<String>> handles = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (Submission<String> submission : queue.submitAll(
                    WorkerProgram.CHORE,
                    IntStream.range(0, 300)
                            .mapToObj(i -> new JobRequest<>(5, PATIENT))
                            .toList())) {
                submission.handle().ifPresent(handles::add);
            }
            WorkerProcess any = workers.get(0);
            await().atMost(SOON).until(any::hasBegunSome);
            broker.server().kill();
            broker.server().restart();
            await().atMost(SOON).until(fleet::isConnected);
        }
        assertThat(handles).hasSizeGreaterThan(300);
        assertThat(handles)
                .allSatisfy(handle -> assertThat(handle.await(LATER).state()).isEqualTo(JobState.SUCCEEDED));
    }

    @Test
    void aQueueInMemoryTakesJobsAgainAfterTheBrokersRestart() {
        JobQueue quick = fleet.jobs().define(JobQueueSpec.of("quick").withStorage(JobQueueSpec.Storage.MEMORY));
        JobWorker worker = JobWorker.builder(quick)
                .handle(WorkerProgram.CHORE, (millis, context) -> "done")
                .start();
        assertThat(quick.submit(WorkerProgram.CHORE, 1).await(SOON).result()).isEqualTo("done");

        broker.server().stop();
        broker.server().restart();
        await().atMost(SOON).until(fleet::isConnected);

        assertThat(quick.submit(WorkerProgram.CHORE, 2).await(SOON).result()).isEqualTo("done");
        worker.stop(Duration.ZERO);
    }
}
