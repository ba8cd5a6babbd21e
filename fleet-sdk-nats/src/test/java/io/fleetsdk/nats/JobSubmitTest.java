package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.Submission;
import io.fleetsdk.testing.FleetExtension;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Submitting against a real broker: what is stored, once, and what is refused. */
class JobSubmitTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static final JobType<String, String> ECHO = JobType.of("echo", String.class, String.class);

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs().define(JobQueueSpec.of("submit" + QUEUES.incrementAndGet()));

    @Test
    void aSubmittedJobWaitsAsItWasGiven() {
        JobOptions options = JobOptions.builder()
                .priority(JobPriority.HIGH)
                .tenant("acme")
                .metadata(Map.of("run", "ä 7"))
                .build();

        Job job = queue.submit(ECHO, "hello", options).job();

        assertThat(job.state()).isEqualTo(JobState.WAITING);
        assertThat(job.type()).isEqualTo("echo");
        assertThat(job.priority()).isEqualTo(JobPriority.HIGH);
        assertThat(job.tenant()).contains("acme");
        assertThat(job.metadata()).containsEntry("run", "ä 7");
        assertThat(job.input()).contains("hello");
        assertThat(job.attempts()).isEmpty();
    }

    @Test
    void aJobWithATimeIsDelayedAndOneWhoseTimeHasPassedIsNot() {
        Job delayed = queue.submit(
                        ECHO, "x", options().delay(Duration.ofHours(1)).build())
                .job();
        Job now = queue.submit(
                        ECHO,
                        "x",
                        options().runAt(Instant.now().minusSeconds(60)).build())
                .job();

        assertThat(delayed.state()).isEqualTo(JobState.DELAYED);
        assertThat(delayed.runAt()).isPresent();
        assertThat(now.state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void aJobOfTheSameIdIsTheSameJob() {
        JobHandle<String> first =
                queue.submit(ECHO, "first", options().id("J-1").build());
        JobHandle<String> again =
                queue.submit(ECHO, "again", options().id("J-1").build());
        JobHandle<String> later = queue.submit(
                ECHO, "later", options().id("J-1").delay(Duration.ofHours(1)).build());

        assertThat(again.ref()).isEqualTo(first.ref()).isEqualTo(later.ref());
        assertThat(first.job().input()).contains("first");
        assertThat(first.job().state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void aJobThatHasEndedIsStillTheJobOfItsId() {
        queue.submit(ECHO, "first", options().id("J-2").build()).cancel();

        JobHandle<String> again =
                queue.submit(ECHO, "again", options().id("J-2").build());

        assertThat(again.job().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void ofManyWhoSubmitOneIdAtOnceFromTwoProcessesOneIsStored() throws Exception {
        try (NatsFleet other = TestBroker.connect(BROKER.server().url())) {
            JobQueue there = other.jobs().queue(queue.name());
            for (int round = 0; round < 20; round++) {
                String id = "race-" + round;
                List<Callable<JobHandle<String>>> submits = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    JobQueue side = i % 2 == 0 ? queue : there;
                    String input = "input " + i;
                    JobOptions.Builder options = options().id(id).priority(JobPriority.values()[i]);
                    JobOptions delayed = options.delay(Duration.ofHours(i / 2)).build();
                    submits.add(() -> side.submit(ECHO, input, delayed));
                }
                allOf(submits);
            }
        }

        assertThat(stored()).isEqualTo(20);
    }

    @Test
    void anInputAboveTheBrokersLimitIsRefusedWithTheLimitNamed() {
        String large = "x".repeat(4 * 1024 * 1024);

        assertThatThrownBy(() -> queue.submit(ECHO, large))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("input")
                .hasMessageContaining("must be at most 4193280 bytes");
        assertThat(stored()).isZero();
    }

    @Test
    void anInputJustBelowTheLimitIsAccepted() {
        String fits = "x".repeat(4 * 1024 * 1024 - 1024 - 200);

        assertThat(queue.submit(
                                ECHO,
                                fits,
                                options().delay(Duration.ofHours(1)).id("J-3").build())
                        .job()
                        .state())
                .isEqualTo(JobState.DELAYED);
    }

    @Test
    void aQueueThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> fleet.jobs().queue("nowhere")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aQueueIsDefinedAgainAsItIsAndNotOtherwise() {
        JobQueueSpec spec = JobQueueSpec.of("agreed").withHeartbeatTimeout(Duration.ofSeconds(7));
        fleet.jobs().define(spec);

        assertThat(fleet.jobs().define(spec).name()).isEqualTo("agreed");
        assertThatThrownBy(() -> fleet.jobs().define(JobQueueSpec.of("agreed")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("heartbeatTimeout PT7S, not PT30S");
        assertThatThrownBy(() -> fleet.jobs().define(spec.withStorage(JobQueueSpec.Storage.MEMORY)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("storage FILE, not MEMORY");
        assertThatThrownBy(() -> fleet.jobs().define(spec.withDurability(JobQueueSpec.Durability.REPLICATED)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("durability BROKER_DEFAULT, not REPLICATED");
    }

    @Test
    void aBulkAnswersEachRequestInItsPlace() {
        queue.submit(ECHO, "there", options().id("taken").build());
        List<JobRequest<String>> requests = new ArrayList<>(IntStream.range(0, 2_500)
                .mapToObj(i -> JobRequest.of("input " + i))
                .toList());
        requests.set(7, new JobRequest<>("x".repeat(5_000_000), JobOptions.defaults()));
        requests.set(1_700, new JobRequest<>("again", options().id("taken").build()));
        requests.set(
                2_000,
                new JobRequest<>("later", options().delay(Duration.ofHours(1)).build()));

        List<Submission<String>> answers = queue.submitAll(ECHO, requests);

        assertThat(answers).hasSize(2_500);
        assertThat(answers.get(7)).isInstanceOf(Submission.Refused.class);
        assertThat(answers.get(1_700)).isInstanceOf(Submission.Duplicate.class);
        assertThat(answers.get(2_000).handle().map(handle -> handle.job().state()))
                .contains(JobState.DELAYED);
        assertThat(answers.get(2_499).handle().flatMap(handle -> handle.job().input()))
                .contains("input 2499");
        assertThat(stored()).isEqualTo(2_499);
    }

    @Test
    void aBulkThatNamesAThrottledKeyManyTimesStoresItOnce() {
        JobOptions throttled = options()
                .deduplication(Deduplication.throttle("k", Duration.ofMinutes(1)))
                .build();

        List<Submission<String>> answers =
                queue.submitAll(ECHO, List.of(new JobRequest<>("a", throttled), new JobRequest<>("b", throttled)));

        assertThat(answers.get(0)).isInstanceOf(Submission.Accepted.class);
        assertThat(answers.get(1)).isInstanceOf(Submission.Duplicate.class);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aJobIsFoundAgainFromAnotherProcess() {
        JobHandle<String> submitted = queue.submit(ECHO, "hello");

        try (NatsFleet other = TestBroker.connect(BROKER.server().url())) {
            Optional<JobHandle<String>> found = other.jobs().queue(queue.name()).find(ECHO, submitted.id());
            assertThat(found.map(JobHandle::ref)).contains(submitted.ref());
            assertThat(other.jobs().queue(queue.name()).find(ECHO, io.fleetsdk.job.JobId.of("nobody")))
                    .isEmpty();
        }
    }

    private static JobOptions.Builder options() {
        return JobOptions.builder();
    }

    private long stored() {
        try (Connection connection = Nats.connect(BROKER.server().url())) {
            String stream = connection
                    .jetStreamManagement()
                    .getStreamNames("jobs." + queue.name() + ".>")
                    .get(0);
            return connection
                    .jetStreamManagement()
                    .getStreamInfo(stream)
                    .getStreamState()
                    .getMsgCount();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> void allOf(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            for (Future<T> call : threads.invokeAll(calls)) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
