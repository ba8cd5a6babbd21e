package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.FleetException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobQueueSpec.Durability;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.testing.NatsCluster;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Durability.REPLICATED: three brokers, of which one dies. */
class JobClusterTest {
    private static final Duration LATER = Duration.ofSeconds(60);
    private static final int JOBS = 300;
    private static final JobType<Integer, String> TASK = JobType.of("task", Integer.class, String.class);

    private final NatsCluster cluster = NatsCluster.start(3);
    private Fleet fleet;
    private JobQueue queue;

    @BeforeEach
    void defineQueue() {
        NatsOptions options = options();
        await().atMost(LATER).ignoreExceptionsInstanceOf(FleetException.class).until(() -> {
            NatsFleet.applyTopology(options);
            return true;
        });
        fleet = NatsFleet.connect(options);
        queue = fleet.jobs()
                .define(JobQueueSpec.of("precious")
                        .withDurability(Durability.REPLICATED)
                        .withHeartbeatTimeout(Duration.ofSeconds(2)));
    }

    private NatsOptions options() {
        NatsOptions.Builder options =
                NatsOptions.builder().topology(FleetTopology.defaults().withReplicas(3));
        cluster.servers().forEach(server -> options.server(server.url()));
        return options.build();
    }

    @AfterEach
    void end() {
        fleet.close();
        cluster.close();
    }

    @Test
    void whatWasAcceptedEndsOnceThoughTheLeaderDies() throws Exception {
        Map<String, Integer> ends = new ConcurrentHashMap<>();
        List<JobHandle<String>> handles = new ArrayList<>();
        JobWorker worker = JobWorker.builder(queue)
                .concurrency(4)
                .handle(TASK, (number, context) -> {
                    new CountDownLatch(1).await(number % 60, TimeUnit.MILLISECONDS);
                    return "done";
                })
                .start();
        try (Subscription watching = queue.watch(job -> countEnd(job, ends))) {
            for (int i = 0; i < JOBS; i++) {
                if (i == JOBS / 3) {
                    leader().kill();
                }
                handles.add(accepted(i));
            }
            assertThat(handles)
                    .allSatisfy(
                            handle -> assertThat(handle.await(LATER).state()).isEqualTo(JobState.SUCCEEDED));
            await().atMost(LATER).until(() -> ends.size() == JOBS);
        }
        assertThat(ends.values()).as("ends of each job").containsOnly(1);
        worker.stop(Duration.ofSeconds(2));
    }

    private static void countEnd(Job job, Map<String, Integer> ends) {
        if (job.state().isFinal()) {
            ends.merge(job.ref().id().value(), 1, Integer::sum);
        }
    }

    /** As a submitter does it: again under the same id until it is accepted. */
    private JobHandle<String> accepted(int number) {
        JobOptions named = JobOptions.builder().id("job-" + number).build();
        Instant last = Instant.now().plus(LATER);
        while (true) {
            try {
                return queue.submit(TASK, number, named);
            } catch (UnavailableException | UnknownOutcomeException e) {
                assertThat(Instant.now()).as(e.getMessage()).isBefore(last);
            }
        }
    }

    /** The server that leads the queue's stream. */
    private NatsServer leader() throws Exception {
        try (Connection admin = Nats.connect(cluster.servers().get(0).url())) {
            String name = admin.jetStreamManagement()
                    .getStreamInfo("JOBS_precious")
                    .getClusterInfo()
                    .getLeader();
            return cluster.servers().get(Integer.parseInt(name.substring(1)));
        }
    }
}
