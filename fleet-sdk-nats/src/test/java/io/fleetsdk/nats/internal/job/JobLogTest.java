package io.fleetsdk.nats.internal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.testing.NatsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JobLogTest {
    private static final JobType<String, String> WORK = JobType.of("work", String.class, String.class);

    private static final List<JobLog> opened = new CopyOnWriteArrayList<>();
    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;
    private static JetStreamJobs jobs;

    @BeforeAll
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
        jobs = new JetStreamJobs(connection.broker());
    }

    @AfterAll
    static void stop() {
        opened.forEach(JobLog::close);
        jobs.close();
        parts.close();
        connection.close();
        server.close();
    }

    @Test
    void jobsAreListedNewestFirstInEveryState() {
        JobQueue queue = jobs.define(JobQueueSpec.of("states"));
        JobHandle<String> waiting = queue.submit(WORK, "x", own("waiting"));
        queue.submit(
                WORK,
                "x",
                JobOptions.builder().id("delayed").delay(Duration.ofDays(1)).build());
        queue.submit(JobFlow.of(WORK, "x", own("blocked")).after("states", JobFlow.of(WORK, "c", own("child"))));
        queue.submit(WORK, "x", own("cancelled")).cancel();
        parts.records().writeNow(ref("states", "child"), ended("states", "child", "{}"), JobRecords.NONE);

        List<Job> listed = fresh().list("states", JobQuery.newest());

        assertThat(listed)
                .extracting(job -> job.ref().id().value() + " " + job.state())
                .containsExactlyInAnyOrder(
                        "waiting WAITING",
                        "delayed DELAYED",
                        "blocked BLOCKED",
                        "child SUCCEEDED",
                        "cancelled CANCELLED");
        assertThat(listed).extracting(Job::submittedAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(listed).extracting(Job::input).containsOnly(Optional.empty());
        assertThat(fresh().list("states", JobQuery.newest().withStates(JobState.WAITING)))
                .extracting(Job::ref)
                .containsExactly(waiting.ref());
    }

    @Test
    void aWatcherSeesEachJobsStepsInTheirOrder() {
        JobQueue queue = jobs.define(JobQueueSpec.of("steps"));
        List<Job> seen = new CopyOnWriteArrayList<>();
        try (Subscription watching = queue.watch(seen::add);
                JobWorker worker = JobWorker.builder(queue)
                        .handle(WORK, (input, context) -> {
                            if (context.attempt() == 1) {
                                throw new IllegalStateException("again");
                            }
                            return input;
                        })
                        .start()) {
            JobHandle<String> handle = queue.submit(
                    WORK,
                    "x",
                    JobOptions.builder()
                            .delay(Duration.ofMillis(300))
                            .retry(RetryPolicy.fixed(2, Duration.ofMillis(300)))
                            .build());
            handle.await(Duration.ofSeconds(10));
            await().untilAsserted(() -> assertThat(seen).extracting(Job::state).contains(JobState.SUCCEEDED));
        }
        List<JobState> states = seen.stream().map(Job::state).toList();
        assertThat(states)
                .startsWith(JobState.DELAYED)
                .endsWith(JobState.SUCCEEDED)
                .contains(JobState.RETRYING);
        assertThat(seen).extracting(job -> job.ref().queue()).containsOnly("steps");
    }

    @Test
    void aQueueThatIsDefinedLaterShowsUp() {
        List<Job> seen = new CopyOnWriteArrayList<>();
        try (Subscription watching = jobs.watch(seen::add)) {
            JobQueue queue = jobs.define(JobQueueSpec.of("later"));
            JobHandle<String> handle = queue.submit(WORK, "x");

            await().untilAsserted(() -> assertThat(seen).extracting(Job::ref).contains(handle.ref()));
            assertThat(queue.list(JobQuery.newest())).extracting(Job::ref).containsExactly(handle.ref());
        }
    }

    @Test
    void onlyTheNewestTenThousandAreKeptAndRecordsCountMoreThanMessages() {
        JobQueue queue = jobs.define(JobQueueSpec.of("many"));
        JobLog before = fresh();
        assertThat(before.list("many", JobQuery.newest())).isEmpty();
        List<JobRequest<String>> requests = IntStream.range(0, 10_500)
                .mapToObj(i -> new JobRequest<>("x", JobOptions.defaults()))
                .toList();
        queue.submitAll(WORK, requests);
        JobHandle<String> newest = queue.submit(WORK, "x", own("newest"));
        parts.records().writeNow(newest.ref(), ended("many", "newest", "{}"), JobRecords.NONE);

        await().untilAsserted(
                        () -> assertThat(before.list("many", JobQuery.newest().withLimit(1)))
                                .extracting(Job::state)
                                .containsExactly(JobState.SUCCEEDED));
        List<Job> listed = fresh().list("many", JobQuery.newest().withLimit(1));
        assertThat(listed).extracting(Job::ref).containsExactly(newest.ref());
        assertThat(listed).extracting(Job::state).containsExactly(JobState.SUCCEEDED);
    }

    @Test
    void aMessageThatArrivesAfterItsRecordChangesNothingUnlessItsTimeHasCome() {
        List<JobState> steps = new CopyOnWriteArrayList<>();
        QueueLog log = new QueueLog("q", job -> steps.add(job.state()));
        JobMessage job = message("q", "a", Instant.EPOCH);
        JobRecord running = JobRecord.of(job, JobState.RUNNING);

        log.record(JobId.of("a"), running, running);
        log.message(job, JobPlaces.Place.READY);
        log.record(JobId.of("a"), running.withState(JobState.RETRYING), running.withState(JobState.RETRYING));
        log.message(job.again(1), JobPlaces.Place.DELAYED);
        log.message(job.again(1), JobPlaces.Place.READY);

        assertThat(steps).containsExactly(JobState.RUNNING, JobState.RETRYING, JobState.WAITING);
    }

    @Test
    void theLogForgetsTheOldestBeyondTenThousand() {
        QueueLog log = new QueueLog("q", job -> {});
        IntStream.range(0, 10_001).forEach(i -> log.record(JobId.of("j" + i), endedAt(i), endedAt(i)));

        assertThat(log.list(JobQuery.newest().withLimit(1)).get(0).ref().id().value())
                .isEqualTo("j10000");
        log.record(JobId.of("older"), endedAt(-1), endedAt(-1));
        log.record(JobId.of("j10000"), endedAt(10_000), endedAt(10_000));
        assertThat(log.size()).isEqualTo(10_000);
    }

    @Test
    void largeResultsAreNotRemembered() {
        jobs.define(JobQueueSpec.of("large"));
        parts.records().writeNow(ref("large", "big"), ended("large", "big", "y".repeat(10_000)), JobRecords.NONE);
        parts.records().writeNow(ref("large", "small"), ended("large", "small", "y"), JobRecords.NONE);

        assertThat(fresh().list("large", JobQuery.newest()))
                .extracting(job -> job.ref().id().value() + " " + job.result().isPresent())
                .containsExactlyInAnyOrder("big false", "small true");
    }

    private static JobLog fresh() {
        JobLog log = new JobLog(connection.broker(), parts.streams(), parts.messages(), parts.records());
        opened.add(log);
        return log;
    }

    private static JobRef ref(String queue, String id) {
        return new JobRef(queue, JobId.of(id));
    }

    private static JobRecord ended(String queue, String id, String result) {
        return record(queue, id, Instant.now()).withResult(Optional.of(result), Optional.empty());
    }

    private static JobRecord endedAt(int millis) {
        return record("q", "any", Instant.EPOCH.plusMillis(millis));
    }

    private static JobRecord record(String queue, String id, Instant submittedAt) {
        return JobRecord.of(message(queue, id, submittedAt), JobState.WAITING).ended(JobState.SUCCEEDED, submittedAt);
    }

    private static JobMessage message(String queue, String id, Instant submittedAt) {
        return new JobMessage(
                ref(queue, id),
                QueueLanes.ofEveryQueue(queue).get(0),
                "work",
                submittedAt,
                JobTerms.none(),
                0,
                false,
                "x".getBytes(UTF_8));
    }

    private static JobOptions own(String id) {
        return JobOptions.builder().id(id).build();
    }
}
