package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever watches hears on, whatever happens to the broker. */
class StreamFollowerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobType<String, String> NOTE = JobType.of("note", String.class, String.class);
    private static final int DEATHS = 5;

    @ParameterizedTest
    @ValueSource(strings = {JobClient.TRAINING, JobClient.INFERENCE})
    void aWatcherHearsOfEachJobOnceThroughDeathAfterDeathOfTheBroker(String name) {
        try (TestBroker broker = new TestBroker();
                Fleet fleet = broker.fleet()) {
            JobQueue queue = fleet.jobs().queue(name);
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            List<String> submitted = new ArrayList<>();
            try (Subscription watching =
                    queue.watch(job -> heard.add(job.ref().id().value()))) {
                for (int deaths = 0; deaths <= DEATHS; deaths++) {
                    submitted.add(queue.submit(NOTE, "a note").id().value());
                    await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsAll(submitted));
                    broker.server().kill();
                    broker.server().restart();
                    await().atMost(SOON).until(fleet::isConnected);
                }
            }
            assertThat(heard).containsExactlyElementsOf(submitted);
        }
    }
}
