package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.fleetsdk.testing.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that has lost its job to another, and does not know it yet. */
class JobOwnershipTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final JobType<Integer, String> TASK = JobType.of("task", Integer.class, String.class);

    private final NatsServer server = NatsServer.start();
    private final JobConnection connection = JobConnection.open(server.url());
    private final JetStreamJobs jobs = new JetStreamJobs(connection.broker());
    private final JobParts parts = new JobParts(connection.broker());
    private final JobQueue queue = jobs.define(JobQueueSpec.of("owned"));
    private final CountDownLatch go = new CountDownLatch(1);
    private JobWorker worker;

    @BeforeEach
    void start() {
        worker = JobWorker.builder(queue)
                .id("w1")
                .handle(TASK, (number, context) -> {
                    awaitDeaf(go);
                    if (number == 0) {
                        throw new IOException("too late");
                    }
                    return "too late";
                })
                .start();
    }

    private static void awaitDeaf(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    @AfterEach
    void end() {
        go.countDown();
        worker.stop(Duration.ofSeconds(1));
        jobs.close();
        parts.close();
        connection.close();
        server.close();
    }

    /** What another worker would write that takes the job over. */
    private void takenOver(JobHandle<String> handle, String by, int number) {
        await().atMost(SOON).until(() -> handle.job().state() == JobState.RUNNING);
        Recorded mine = parts.records().read(handle.ref()).orElseThrow();
        JobAttempt theirs =
                new JobAttempt(number, by, Instant.now().plusSeconds(1), Optional.empty(), Optional.empty());
        parts.records().writeNow(handle.ref(), mine.record().running(theirs), mine.revision());
    }

    private void awaitReleased() {
        go.countDown();
        worker.stop(SOON);
    }

    @Test
    void itsFailurePutsInNoMessageThatWouldTakeTheJobFromItsNewWorker() {
        JobHandle<String> handle = queue.submit(
                TASK,
                0,
                JobOptions.builder()
                        .retry(RetryPolicy.fixed(5, Duration.ofMinutes(1)))
                        .build());
        takenOver(handle, "w2", 2);

        awaitReleased();

        assertThat(parts.places().find(handle.ref()))
                .map(JobPlaces.Placed::place)
                .contains(JobPlaces.Place.READY);
        assertThat(handle.job().state()).isEqualTo(JobState.RUNNING);
        assertThat(handle.job().attempts()).extracting(JobAttempt::worker).containsExactly("w1", "w2");
    }

    @Test
    void itsAnswerIsRefusedEvenIfTheOtherHasTheSameName() {
        JobHandle<String> handle = queue.submit(TASK, 1);
        takenOver(handle, "w1", 1);

        awaitReleased();

        assertThat(handle.job().state()).isEqualTo(JobState.RUNNING);
    }
}
