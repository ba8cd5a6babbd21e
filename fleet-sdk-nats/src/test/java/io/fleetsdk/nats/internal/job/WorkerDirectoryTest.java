package io.fleetsdk.nats.internal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.nats.internal.job.JobCounters.Count;
import io.fleetsdk.nats.internal.job.JobSignals.Cancel;
import io.fleetsdk.nats.internal.job.JobSignals.Changed;
import io.fleetsdk.nats.internal.job.JobSignals.Order;
import io.fleetsdk.nats.internal.job.JobSignals.Signal;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.testing.NatsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkerDirectoryTest {
    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;

    @BeforeAll
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
    }

    @AfterAll
    static void stop() {
        connection.close();
        server.close();
    }

    @Test
    void workersAreListedAsTheyReportThemselvesUntilTheyLeave() {
        WorkerInfo one = info("listed", "w1", WorkerState.RUNNING);
        WorkerInfo two = info("listed", "w2", WorkerState.QUIET);
        parts.directory().report(two);
        parts.directory().report(one);
        parts.directory().report(info("elsewhere", "w3", WorkerState.RUNNING));

        await().untilAsserted(() -> assertThat(parts.directory().list("listed")).containsExactly(one, two));

        parts.directory().leave("listed", "w1");
        assertThat(parts.directory().list("listed")).containsExactly(two);
        assertThat(parts.directory().list("nobody")).isEmpty();
    }

    @Test
    void moreAreListedThanTheBrokerFindsAtOnce() {
        List<String> ids = IntStream.range(0, 1_100).mapToObj(i -> "w" + i).toList();
        ids.forEach(id -> parts.directory().report(info("crowd", id, WorkerState.RUNNING)));

        await().untilAsserted(() -> assertThat(parts.directory().list("crowd"))
                .extracting(WorkerInfo::id)
                .containsExactlyInAnyOrderElementsOf(ids));
    }

    @Test
    void aWorkerThatNoLongerReportsIsForgotten() {
        WorkerDirectory directory = new WorkerDirectory(parts.keys(), Duration.ofSeconds(1));
        directory.report(info("silent", "w1", WorkerState.RUNNING));
        await().until(() -> directory.list("silent").size() == 1);

        await().until(() -> directory.list("silent").isEmpty());
    }

    @Test
    void signalsReachWhoListensToTheQueue() throws Exception {
        Queue<Signal> heard = new ConcurrentLinkedQueue<>();
        try (Subscription listening = parts.signals().receive("q", heard::add)) {
            parts.signals().send("q", new Cancel(JobId.of("a"), 7));
            parts.signals().send("other", new Changed());
            parts.signals().send("q", new Order("w", WorkerState.QUIET));
            parts.signals().send("q", new Changed());

            await().untilAsserted(() -> assertThat(heard)
                    .containsExactly(new Cancel(JobId.of("a"), 7), new Order("w", WorkerState.QUIET), new Changed()));
        }
    }

    @Test
    void aMalformedSignalHurtsNobody() {
        Queue<Signal> heard = new ConcurrentLinkedQueue<>();
        try (Subscription listening = parts.signals().receive("bad", heard::add)) {
            for (String text :
                    List.of("", "{", "{}", "[]", "{\"cancel\":{\"id\":\"..\",\"revision\":1}}", "{\"order\":1}")) {
                connection.broker().connection().publish(JobSubjects.signals("bad"), text.getBytes(UTF_8));
            }
            parts.signals().send("bad", new Changed());

            await().untilAsserted(() -> assertThat(heard).containsExactly(new Changed()));
        }
    }

    @Test
    void countsAddUpOverProcesses() {
        try (JobConnection other = JobConnection.open(server.url());
                JobCounters theirs = new JobCounters(other.broker())) {
            theirs.add("counted", Count.COMPLETED, 2);
            parts.counters().add("counted", Count.COMPLETED, 3);
            parts.counters().add("counted", Count.FAILED, 1);
        }
        assertThat(parts.counters().read("counted", Count.COMPLETED)).isEqualTo(5);
        assertThat(parts.counters().read("counted", Count.FAILED)).isEqualTo(1);
        assertThat(parts.counters().read("counted", Count.SUBMITTED)).isZero();
    }

    @Test
    void countsAreSentWithoutBeingAskedFor() {
        parts.counters().add("sent", Count.SUBMITTED, 4);
        try (JobConnection other = JobConnection.open(server.url());
                JobCounters theirs = new JobCounters(other.broker())) {
            await().until(() -> theirs.read("sent", Count.SUBMITTED) == 4);
        }
    }

    private static WorkerInfo info(String queue, String id, WorkerState state) {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        return new WorkerInfo(id, queue, state, "host", 4, Set.of("train"), List.of(JobId.of("j1")), time, time);
    }
}
