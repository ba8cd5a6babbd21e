package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What who submitted a job learns of it, also over the death of the broker. */
class JobHandleTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobType<Integer, Integer> DOUBLE = JobType.of("double", Integer.class, Integer.class);

    private TestBroker broker;
    private NatsFleet fleet;
    private JobQueue queue;

    @BeforeEach
    void start() {
        broker = new TestBroker();
        fleet = broker.fleet();
        queue = fleet.jobs().define(JobQueueSpec.of("handles"));
    }

    @AfterEach
    void stop() {
        fleet.close();
        broker.close();
    }

    /** Most of them end while they begin to be waited for. */
    @Test
    void noEndOfAThousandIsMissedThatComesAsItIsFirstWaitedFor() {
        Duration farBelowTheNextLook = Duration.ofSeconds(10);
        try (JobWorker worker = doubling()) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(queue.submit(DOUBLE, i).await(farBelowTheNextLook).result())
                        .isEqualTo(2 * i);
            }
        }
    }

    @Test
    void theEndIsHeardByWhoWaitsAndReadByWhoAsksLater() {
        JobHandle<Integer> job = queue.submit(DOUBLE, 21);
        CompletableFuture<JobOutcome<Integer>> completion = job.completion();
        assertThat(job.outcome()).isEmpty();

        try (JobWorker worker = doubling()) {
            assertThat(completion)
                    .succeedsWithin(SOON)
                    .extracting(JobOutcome::result)
                    .isEqualTo(42);
        }

        assertThat(job.await(SOON).result()).isEqualTo(42);
        assertThat(job.outcome().map(JobOutcome::result)).contains(42);
        assertThat(job.job().result()).contains(42);
    }

    @Test
    void aThousandWaitersAllHear() {
        List<JobRequest<Integer>> requests = Collections.nCopies(1_000, JobRequest.of(4));
        List<CompletableFuture<JobOutcome<Integer>>> ends = queue.submitAll(DOUBLE, requests).stream()
                .map(Submission::handle)
                .map(handle -> handle.orElseThrow().completion())
                .toList();

        try (JobWorker worker = doubling()) {
            assertThat(ends).allSatisfy(end -> assertThat(end).succeedsWithin(SOON));
        }
    }

    @Test
    void aWaitThatIsOverBeforeTheJobLeavesTheJobAlone() {
        JobHandle<Integer> job = queue.submit(DOUBLE, 1);

        assertThatThrownBy(() -> job.await(Duration.ofMillis(50))).isInstanceOf(UnknownOutcomeException.class);

        try (JobWorker worker = doubling()) {
            assertThat(job.await(SOON).result()).isEqualTo(2);
        }
    }

    @Test
    void anEndDuringACutIsLearnedAfterIt() {
        JobHandle<Integer> job = queue.submit(DOUBLE, 5);
        CompletableFuture<JobOutcome<Integer>> completion = job.completion();
        broker.server().kill();
        await().atMost(SOON).until(() -> !fleet.isConnected());
        broker.server().restart();
        try (NatsFleet other = broker.fleet()) {
            other.jobs().queue("handles").cancel(job.id());
        }

        assertThat(completion).succeedsWithin(SOON).isInstanceOf(JobOutcome.Cancelled.class);
    }

    @Test
    void progressIsHeardUntilTheEnd() {
        Queue<Double> heard = new ConcurrentLinkedQueue<>();
        CountDownLatch listening = new CountDownLatch(1);
        JobHandle<Integer> job = queue.submit(DOUBLE, 1);
        JobWorker worker = JobWorker.builder(queue)
                .handle(DOUBLE, (input, context) -> {
                    context.progress(0.25, "a quarter");
                    listening.await();
                    context.progress(1, "all");
                    return input;
                })
                .start();
        try (worker;
                Subscription progress = job.onProgress(step -> heard.add(step.fraction()))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).contains(0.25));
            listening.countDown();
            job.await(SOON);
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(0.25, 1.0));
        }
        assertThat(job.job().progress()).extracting(JobProgress::message).isEqualTo("all");
    }

    @Test
    void aJobThatNobodyRunsExpiresAtItsDeadlineForWhoWaits() {
        JobHandle<Integer> job = queue.submit(
                DOUBLE,
                1,
                JobOptions.builder().deadline(Instant.now().plusMillis(300)).build());

        assertThat(job.await(SOON)).isInstanceOf(JobOutcome.Expired.class);
        assertThat(job.job().state()).isEqualTo(JobState.EXPIRED);
    }

    @Test
    void aJobThatNobodyBeginsInTimeExpiresForWhoAsks() {
        JobTimeouts impatient = JobTimeouts.none().withScheduleToStart(Duration.ofSeconds(1));
        JobHandle<Integer> job =
                queue.submit(DOUBLE, 1, JobOptions.builder().timeouts(impatient).build());
        assertThat(job.outcome()).isEmpty();

        await().atMost(SOON).until(() -> job.outcome().isPresent());

        assertThat(job.outcome().map(JobOutcome::state)).contains(JobState.EXPIRED);
        try (JobWorker worker = doubling()) {
            assertThat(queue.submit(DOUBLE, 2).await(SOON).result()).isEqualTo(4);
        }
        assertThat(job.job().state()).isEqualTo(JobState.EXPIRED);
    }

    @Test
    void aLargeResultComesToWhoWaits() {
        JobType<Integer, String> large = JobType.of("large", Integer.class, String.class);
        JobHandle<String> job = queue.submit(large, 200_000);
        CompletableFuture<JobOutcome<String>> completion = job.completion();
        JobWorker worker = JobWorker.builder(queue)
                .handle(large, (input, context) -> "x".repeat(input))
                .start();
        try (worker) {
            assertThat(completion)
                    .succeedsWithin(SOON)
                    .extracting(outcome -> outcome.result().length())
                    .isEqualTo(200_000);
        }
        assertThat(job.outcome().map(outcome -> outcome.result().length())).contains(200_000);
    }

    @Test
    void whoWaitsForAJobThatIsNotKeptIsTold() {
        JobHandle<Integer> job = queue.submit(DOUBLE, 1);
        JobHandle<Object> untyped = fleet.jobs()
                .queue("handles")
                .find(JobType.untyped("double"), job.id())
                .orElseThrow();
        assertThat(untyped.ref()).isEqualTo(job.ref());

        assertThat(queue.find(DOUBLE, JobId.of("nobody"))).isEmpty();
        assertThat(queue.job(JobId.of("nobody"))).isEmpty();
        assertThatThrownBy(() -> queue.cancel(JobId.of("nobody"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whoWaitsWhenTheFleetIsClosedIsTold() {
        CompletableFuture<JobOutcome<Integer>> completion =
                queue.submit(DOUBLE, 1).completion();

        fleet.close();

        assertThat(completion).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(UnavailableException.class);
    }

    private JobWorker doubling() {
        return JobWorker.builder(queue)
                .handle(DOUBLE, (input, context) -> 2 * input)
                .concurrency(4)
                .start();
    }
}
