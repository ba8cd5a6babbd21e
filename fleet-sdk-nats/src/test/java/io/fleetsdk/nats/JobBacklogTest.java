package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.Submission;
import io.fleetsdk.testing.FleetExtension;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hundred thousand waiting jobs are in nobody's way. */
class JobBacklogTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int BACKLOG = 100_000;
    private static final JobType<String, String> TASK = JobType.of("task", String.class, String.class);

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs().define(JobQueueSpec.of("backlog"));
    private final Semaphore pace = new Semaphore(0);
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private List<Submission<String>> backlog;
    private JobWorker worker;

    @BeforeEach
    void submitBacklog() {
        JobOptions greedy = JobOptions.builder().tenant("greedy").build();
        backlog = queue.submitAll(TASK, Collections.nCopies(BACKLOG, new JobRequest<>("greedy", greedy)));
        worker = JobWorker.builder(queue)
                .concurrency(2)
                .handle(TASK, (input, context) -> {
                    begun.add(input);
                    if (input.equals("greedy")) {
                        pace.acquire();
                    }
                    return input;
                })
                .start();
    }

    @AfterEach
    void stop() {
        worker.stop(Duration.ZERO);
    }

    @Test
    void whateverIsDoneBesideThemIsDoneAtOnce() {
        assertThat(backlog)
                .hasSize(BACKLOG)
                .allMatch(submission -> submission.handle().isPresent());
        await().atMost(SOON).until(() -> begun.size() >= 2);

        JobHandle<String> single = backlog.get(BACKLOG / 2).handle().orElseThrow();
        single.cancel();
        assertThat(single.await(SOON).state()).isEqualTo(JobState.CANCELLED);

        Queue<Job> steps = new ConcurrentLinkedQueue<>();
        try (Subscription watching = queue.watch(steps::add)) {
            JobHandle<String> urgent = queue.submit(
                    TASK,
                    "urgent",
                    JobOptions.builder().priority(JobPriority.CRITICAL).build());
            JobHandle<String> modest = queue.submit(
                    TASK, "modest", JobOptions.builder().tenant("modest").build());
            await().atMost(SOON).until(() -> {
                pace.release();
                return urgent.outcome().isPresent() && modest.outcome().isPresent();
            });
            assertThat(begun.stream().filter("greedy"::equals).count())
                    .as("jobs of the greedy begun until then")
                    .isLessThan(500);
            assertThat(queue.figures().waiting().get(JobPriority.NORMAL)).isBetween(BACKLOG - 1_000L, BACKLOG - 1L);
            assertThat(queue.figures().oldestWaiting()).isPresent();
            await().atMost(SOON).until(() -> steps.stream().anyMatch(job -> isEndOf(urgent, job)));
            assertThat(queue.list(JobQuery.newest().withLimit(50)))
                    .hasSize(50)
                    .anyMatch(job -> job.ref().equals(modest.ref()));
        }
    }

    private static boolean isEndOf(JobHandle<String> handle, Job job) {
        return job.ref().equals(handle.ref()) && job.state() == JobState.SUCCEEDED;
    }
}
