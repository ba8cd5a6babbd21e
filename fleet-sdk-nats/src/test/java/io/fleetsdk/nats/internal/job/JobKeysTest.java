package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.fleetsdk.testing.NatsServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JobKeysTest {
    private static final String QUEUE = "keyed";

    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;

    @BeforeAll
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
        new JetStreamJobs(connection.broker()).define(JobQueueSpec.of(QUEUE));
    }

    @AfterAll
    static void stop() {
        parts.close();
        connection.close();
        server.close();
    }

    @Test
    void aJobThatMovesIntoItsLaneIsNeverTakenForGone() {
        assertThat(IntStream.range(0, 200).parallel().mapToObj(JobKeysTest::everGone))
                .containsOnly(false);
    }

    /** Whether it was gone in between. */
    private static boolean everGone(int number) {
        JobRef ref = new JobRef(QUEUE, JobId.of("moves-" + number));
        parts.places().held(job(ref));
        Thread moving = new Thread(() -> parts.places().release(ref));
        moving.start();
        boolean gone = false;
        while (moving.isAlive()) {
            gone |= parts.jobKeys().isOver(ref);
        }
        return gone;
    }

    private static JobMessage job(JobRef ref) {
        Lane lane = new Lane(QUEUE, JobPriority.NORMAL, Optional.empty());
        byte[] input = "1".getBytes(StandardCharsets.UTF_8);
        return new JobMessage(ref, lane, "task", Instant.now(), JobTerms.none(), 0, false, input);
    }
}
