package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a broker that waits for the disk after each message, and one that does not: other batches go there. */
class LastRecordsTest {
    private static final int THREADS = 4;
    private static final int EACH = 1_000;
    private static final long SEED = 20_261_121;

    static Stream<Arguments> brokers() {
        Supplier<NatsServer> usual = NatsServer::start;
        Supplier<NatsServer> syncing = () -> NatsServer.builder().syncAlways().start();
        return Stream.of(Arguments.of("usual", usual), Arguments.of("waits for the disk", syncing));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokers")
    void eachRecordIsStoredOrItsWriterIsToldWhyNot(String name, Supplier<NatsServer> start) throws Exception {
        try (NatsServer server = start.get();
                JobConnection connection = JobConnection.open(server.url())) {
            JobBroker broker = connection.broker();
            LastRecords records = new LastRecords(
                    new RecordCommits(broker, new StoredRecords(broker)),
                    new QuickerBatch(new FastBatch(broker), new AtomicBatch(broker)),
                    new StoredRecords(broker));

            List<Write> writes = written(records);

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            writes.stream().allMatch(write -> write.answer().isDone()));
            assertThat(writes).allSatisfy(write -> write.assertAnswered());
            long right = writes.stream().filter(write -> write.expected() == 0).count();
            assertThat(broker.management()
                            .getStreamInfo(broker.recordStream())
                            .getStreamState()
                            .getMsgCount())
                    .isEqualTo(right);
        }
    }

    /** By several threads at once; one in some hundred expects another record before it. */
    private static List<Write> written(LastRecords records) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Write> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.execute(() -> {
                Random random = new Random(SEED + thread);
                for (int i = 0; i < EACH; i++) {
                    Write write =
                            write(records, "$KV.JOB_PROGRESS.q." + thread + "-" + i, random.nextInt(400) == 0 ? 5 : 0);
                    synchronized (all) {
                        all.add(write);
                    }
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        return all;
    }

    private static Write write(LastRecords records, String subject, long expected) {
        byte[] json = "{\"state\":\"SUCCEEDED\"}".getBytes(StandardCharsets.US_ASCII);
        return new Write(expected, records.commit(subject, json, expected));
    }

    private record Write(long expected, CompletableFuture<Long> answer) {
        void assertAnswered() {
            if (expected == 0) {
                assertThat(answer).isCompleted();
            } else {
                assertThat(answer)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCauseInstanceOf(ConflictException.class);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokers")
    void aRecordAboveTheMessageLimitIsRefusedAlone(String name, Supplier<NatsServer> start) {
        try (NatsServer server = start.get();
                JobConnection connection = JobConnection.open(server.url())) {
            JobBroker broker = connection.broker();
            LastRecords records = new LastRecords(
                    new RecordCommits(broker, new StoredRecords(broker)),
                    new QuickerBatch(new FastBatch(broker), new AtomicBatch(broker)),
                    new StoredRecords(broker));

            CompletableFuture<Long> small = records.commit("$KV.JOB_PROGRESS.q.small", new byte[] {'1'}, 0);
            CompletableFuture<Long> large = records.commit(
                    "$KV.JOB_PROGRESS.q.large",
                    new byte[(int) broker.connection().getMaxPayload()],
                    0);

            assertThat(small).succeedsWithin(Duration.ofSeconds(10));
            assertThat(large)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void whereTheStreamTakesNoFastBatchesTheOthersDo() throws Exception {
        try (NatsServer server = NatsServer.start();
                JobConnection connection = JobConnection.open(server.url())) {
            JobBroker broker = connection.broker();
            StreamConfiguration stream =
                    broker.management().getStreamInfo(broker.recordStream()).getConfiguration();
            broker.management()
                    .updateStream(StreamConfiguration.builder(stream)
                            .allowBatched(false)
                            .build());
            QuickerBatch batches = new QuickerBatch(new FastBatch(broker), new AtomicBatch(broker));
            LastRecords records = new LastRecords(
                    new RecordCommits(broker, new StoredRecords(broker)), batches, new StoredRecords(broker));
            QuickerBatch.Way fast = batches.next(1).way();

            assertThat(written(records))
                    .allSatisfy(write -> assertThat(write.answer().handle((stored, failure) -> 0))
                            .succeedsWithin(Duration.ofSeconds(30)));

            assertThat(batches.next(1).way()).isNotSameAs(fast);
        }
    }

    @Test
    void recordsAreStoredAlsoWhereTheIdsOfABatchDoNotFitAMessage() throws Exception {
        try (NatsServer server = NatsServer.builder().maxPayload(2_048).start();
                JobConnection connection = JobConnection.open(server.url())) {
            JobBroker broker = connection.broker();
            LastRecords records = new LastRecords(
                    new RecordCommits(broker, new StoredRecords(broker)),
                    new QuickerBatch(new FastBatch(broker), new AtomicBatch(broker)),
                    new StoredRecords(broker));

            List<Write> writes = written(records);

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            writes.stream().allMatch(write -> write.answer().isDone()));
            assertThat(writes).allSatisfy(write -> write.assertAnswered());
        }
    }
}
