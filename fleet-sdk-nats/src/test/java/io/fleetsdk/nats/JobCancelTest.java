package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.testing.FleetExtension;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancelling jobs that nobody has begun, against a real broker. */
class JobCancelTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static final JobType<String, String> ECHO = JobType.of("echo", String.class, String.class);

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs().define(JobQueueSpec.of("cancel" + QUEUES.incrementAndGet()));

    @Test
    void aWaitingJobThatIsCancelledNeverRuns() {
        JobHandle<String> cancelled = queue.submit(ECHO, "cancelled");
        JobHandle<String> after = queue.submit(ECHO, "after");

        cancelled.cancel();

        assertThat(cancelled.await(SOON)).isInstanceOf(JobOutcome.Cancelled.class);
        assertThat(ranUntil(after)).containsExactly("after");
    }

    /** A worker pulls three jobs; one is cancelled, one ends, and the worker vanishes with the first. */
    @Test
    void aJobCancelledWhileItIsWithAWorkerTakesNoOtherWithIt() throws Exception {
        JobQueue quick = fleet.jobs().define(JobQueueSpec.of("pulled").withHeartbeatTimeout(Duration.ofSeconds(1)));
        JobHandle<String> lost = quick.submit(ECHO, "lost");
        JobHandle<String> cancelled = quick.submit(ECHO, "cancelled");
        quick.submit(ECHO, "done");

        try (Connection vanishing = Nats.connect(BROKER.server().url())) {
            List<Message> pulled = vanishing
                    .jetStream()
                    .subscribe(null, PullSubscribeOptions.bind("JOBS_pulled", "normal"))
                    .fetch(3, SOON);
            assertThat(pulled).hasSize(3);
            cancelled.cancel();
            pulled.get(2).ackSync(SOON);
        }

        try (JobWorker worker =
                JobWorker.builder(quick).handle(ECHO, (input, context) -> input).start()) {
            assertThat(lost.await(SOON).result()).isEqualTo("lost");
        }
    }

    @Test
    void aDelayedJobThatIsCancelledNeverRuns() {
        JobHandle<String> cancelled = queue.submit(
                ECHO,
                "cancelled",
                JobOptions.builder().delay(Duration.ofMillis(600)).build());
        JobHandle<String> after = queue.submit(
                ECHO,
                "after",
                JobOptions.builder().delay(Duration.ofMillis(900)).build());

        cancelled.cancel();

        assertThat(cancelled.job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(ranUntil(after)).containsExactly("after");
    }

    @Test
    void aJobHeldBehindItsKeyIsCancelledAndTheNextOneTakesItsPlace() {
        JobOptions keyed =
                JobOptions.builder().deduplication(Deduplication.keepLast("k")).build();
        JobHandle<String> active = queue.submit(ECHO, "active", keyed);
        JobHandle<String> held = queue.submit(ECHO, "held", keyed);
        assertThat(held.job().state()).isEqualTo(JobState.BLOCKED);

        held.cancel();
        JobHandle<String> last = queue.submit(ECHO, "last", keyed);

        assertThat(held.job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(ranUntil(last)).containsExactly("active", "last");
        assertThat(active.await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aCancelReachesTheJobFromAnotherProcess() {
        JobHandle<String> job = queue.submit(ECHO, "x");

        try (NatsFleet other = TestBroker.connect(BROKER.server().url())) {
            other.jobs().queue(queue.name()).cancel(job.id());
        }

        assertThat(job.outcome().map(JobOutcome::state)).contains(JobState.CANCELLED);
    }

    @Test
    void aJobThatHasEndedIsNotCancelled() {
        JobHandle<String> job = queue.submit(ECHO, "x");
        job.cancel();

        assertThatThrownBy(job::cancel).isInstanceOf(ConflictException.class).hasMessageContaining("CANCELLED");
    }

    @Test
    void aJobThatNeverWasIsNotFound() {
        assertThatThrownBy(() -> queue.cancel(JobId.of("nobody"))).isInstanceOf(NotFoundException.class);
    }

    /** The inputs that a worker has seen when this job has ended. */
    private Queue<String> ranUntil(JobHandle<String> last) {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (JobWorker worker = JobWorker.builder(queue)
                .handle(ECHO, (input, context) -> {
                    seen.add(input);
                    return input;
                })
                .start()) {
            assertThat(last.await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
        }
        return seen;
    }
}
