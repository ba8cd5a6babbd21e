package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.Submission;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bulks against a broker that dies in the middle. */
class JobBulkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobType<Integer, Integer> COUNT = JobType.of("count", Integer.class, Integer.class);
    private static final int JOBS = 20_000;

    @Test
    void whatWasAcceptedWhileTheBrokerDiedIsStoredOnce() throws Exception {
        try (TestBroker broker = new TestBroker();
                NatsFleet fleet = broker.fleet()) {
            JobQueue queue = fleet.jobs().define(JobQueueSpec.of("bulky"));
            List<JobRequest<Integer>> requests =
                    IntStream.range(0, JOBS).mapToObj(JobRequest::of).toList();

            CompletableFuture<List<Submission<Integer>>> bulk =
                    CompletableFuture.supplyAsync(() -> queue.submitAll(COUNT, requests));
            try (Connection watching = Nats.connect(broker.server().url())) {
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> watching.jetStreamManagement()
                                        .getStreamInfo("JOBS_bulky")
                                        .getStreamState()
                                        .getMsgCount()
                                > 2_000);
            }
            broker.server().kill();
            broker.server().restart();

            List<String> accepted = bulk.get().stream()
                    .filter(Submission.Accepted.class::isInstance)
                    .map(answer -> answer.handle().orElseThrow().id().value())
                    .toList();
            Map<String, Long> stored = messagesByJob(broker);
            assertThat(accepted).allMatch(stored::containsKey);
            assertThat(stored.values()).allMatch(times -> times == 1);
            assertThat(accepted).hasSizeGreaterThan(2_000);
        }
    }

    @Test
    void aBatchWhoseAnswerCameTooLateIsStoredOnceAndAccepted() throws Exception {
        try (TestBroker broker = new TestBroker();
                NatsFleet fleet = NatsFleet.connect(NatsOptions.builder()
                        .server(broker.server().url())
                        .requestTimeout(Duration.ofMillis(400))
                        .build())) {
            JobQueue queue = fleet.jobs().define(JobQueueSpec.of("bulky"));
            List<JobRequest<Integer>> requests =
                    IntStream.range(0, 1_000).mapToObj(JobRequest::of).toList();
            queue.submit(COUNT, 0);

            signal(broker, "-STOP");
            Executor afterThreeTries = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
            CompletableFuture<Void> awake = CompletableFuture.runAsync(() -> signal(broker, "-CONT"), afterThreeTries);
            List<Submission<Integer>> answers = queue.submitAll(COUNT, requests);
            awake.get();

            assertThat(answers).allMatch(Submission.Accepted.class::isInstance);
            assertThat(messagesByJob(broker))
                    .hasSize(1_001)
                    .allSatisfy((job, times) -> assertThat(times).isEqualTo(1));
        }
    }

    private static void signal(TestBroker broker, String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(broker.server().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Long> messagesByJob(TestBroker broker) throws Exception {
        try (Connection connection = Nats.connect(broker.server().url())) {
            return connection
                    .jetStreamManagement()
                    .getStreamInfo("JOBS_bulky", StreamInfoOptions.allSubjects())
                    .getStreamState()
                    .getSubjectMap()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            subject ->
                                    subject.getKey().substring(subject.getKey().lastIndexOf('.') + 1),
                            Map.Entry::getValue));
        }
    }
}
