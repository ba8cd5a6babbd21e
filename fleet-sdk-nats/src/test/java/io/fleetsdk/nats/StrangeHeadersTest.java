package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.testing.FleetExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that the broker passes on and the client library cannot read: they silence nobody. */
class StrangeHeadersTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    /** Less than it takes a connection to notice by its pings that it has fallen silent. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static final JobType<Integer, String> TASK = JobType.of("task", Integer.class, String.class);

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs()
            .define(JobQueueSpec.of("strange" + QUEUES.incrementAndGet()).withHeartbeatTimeout(Duration.ofSeconds(1)));
    private final JobWorker worker = JobWorker.builder(queue)
            .handle(TASK, (number, context) -> "done")
            .concurrency(2)
            .start();

    @AfterEach
    void stopWorker() {
        worker.stop(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Größe: 1\r\n",
                "Author: Müller\r\n",
                "no colon\r\n",
                ": no name\r\n",
                "two words: 1\r\n",
                "Bell: \u0007\r\n",
                "Open:\r\n"
            })
    void aJobIsDoneWhateverElseStandsInItsHeaders(String strange) throws Exception {
        publish("stranger", "NATS/1.0\r\nFleet-Type: task\r\n" + strange + "\r\n");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(queue.job(JobId.of("stranger")))
                        .map(Job::state)
                        .contains(JobState.SUCCEEDED));
        assertThat(queue.submit(TASK, 1).await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NATS/1.0\r\n\u0416: 1\r\n\r\n", "NATS/2.0\r\nA: 1\r\n\r\n", "NATS/1.0\r\nA: 1", "\r\n\r\n"})
    void whatIsNoJobGoesToTheDeadLettersAndTheWorkerGoesOn(String headers) throws Exception {
        publish("stranger", headers);

        await().atMost(SOON).untilAsserted(() -> assertThat(reasons()).containsExactly("malformed.message"));
        assertThat(queue.submit(TASK, 1).await(SOON).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void theStrangeHeaderIsKeptInTheDeadLetter() throws Exception {
        publish("stranger", "NATS/1.0\r\nЖ: 1\r\n\r\n");

        await().atMost(SOON).until(() -> !reasons().isEmpty());
        assertThat(queue.deadLetters().list(1).get(0).headers())
                .containsEntry("Fleet-Unreadable-Header", List.of("0JY6IDE="));
    }

    private void publish(String id, String headers) throws IOException {
        try (RawPublisher stranger = new RawPublisher(BROKER.server().url())) {
            stranger.publish("jobs." + queue.name() + ".normal.-." + id, headers, "1");
        }
    }

    private List<String> reasons() {
        return queue.deadLetters().list(10).stream()
                .map(DeadLetter::reason)
                .map(reason -> reason.name())
                .toList();
    }
}
