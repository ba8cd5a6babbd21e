package io.fleetsdk.nats.internal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.DeadLetters;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final JobType<String, String> WORK = JobType.of("work", String.class, String.class);
    private static final JobError REASON = new JobError("broken", "it brøke ✗");

    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;
    private static JetStreamJobs jobs;

    @BeforeAll
    @BeforeContainer
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
        jobs = new JetStreamJobs(connection.broker());
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        jobs.close();
        parts.close();
        connection.close();
        server.close();
    }

    @Property(tries = 60)
    void aDeadLetterKeepsEveryByteAndHeaderOfItsMessage(
            @ForAll byte[] payload,
            @ForAll("anyHeaders") Map<String, String> headers,
            @ForAll("anyAttempts") List<JobAttempt> attempts) {
        Headers all = new Headers();
        headers.forEach((name, value) -> all.put(name, value));
        JobId id = JobId.random();

        put("jobs.kept.normal.-." + id, all, payload, attempts);

        DeadLetter letter = letters("kept").find(id).orElseThrow();
        assertThat(letter.payload()).isEqualTo(payload);
        headers.forEach((name, value) -> assertThat(letter.headers()).containsEntry(name, List.of(value)));
        assertThat(letter.reason()).isEqualTo(REASON);
        assertThat(letter.attempts()).hasSameSizeAs(attempts);
        letters("kept").purge(id);
    }

    @Provide
    Arbitrary<Map<String, String>> anyHeaders() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20),
                Arbitraries.of(
                        "Nats-Msg-Id",
                        "Nats-Expected-Last-Sequence",
                        "Nats-Schedule",
                        "Nats-Batch-Id",
                        "Nats-TTL",
                        "Fleet-Dead-Error",
                        "Fleet-Terms",
                        "Fleet-Type"));
        return Arbitraries.maps(
                        names, Arbitraries.strings().withCharRange('!', '~').ofMaxLength(60))
                .ofMaxSize(8);
    }

    @Test
    void aMessageThatLeavesNoRoomForTheReasonIsCutAndSaysSo() {
        int largest = (int) connection.broker().connection().getMaxPayload();
        Headers typed = new Headers().put("Fleet-Type", "work");
        byte[] payload = new byte[largest - typed.serializedLength()];
        Arrays.fill(payload, (byte) 'x');
        Headers many = new Headers().put("Fleet-Type", "work").put("Much", "y".repeat(65_000));
        jobs.define(JobQueueSpec.of("cut"));

        put("jobs.cut.normal.-.body", typed, payload, attempts(3));
        put("jobs.cut.normal.-.headers", many, bytes("{}"), attempts(3));

        DeadLetter body = letters("cut").find(JobId.of("body")).orElseThrow();
        assertThat(body.payload()).hasSizeGreaterThan(largest - 2_000).hasSizeLessThan(payload.length);
        assertThat(List.of(body, letters("cut").find(JobId.of("headers")).orElseThrow()))
                .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo(REASON))
                .allSatisfy(letter -> assertThat(letter.type()).isEqualTo("work"));
        assertThatThrownBy(() -> letters("cut").retry(JobId.of("body")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(payload.length + " bytes and 1 headers");
    }

    /** Up to 20 attempts with messages so long that their JSON alone would not fit into the headers. */
    @Provide
    Arbitrary<List<JobAttempt>> anyAttempts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(1_900)
                .list()
                .ofMaxSize(20)
                .map(messages -> IntStream.range(0, messages.size())
                        .mapToObj(i -> new JobAttempt(
                                i + 1,
                                "worker",
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Optional.empty(),
                                Optional.of(new JobError("boom", messages.get(i)))))
                        .toList());
    }

    @Test
    void storingTwiceLeavesOneAlsoWhenItWasPurgedBetween() {
        DeadLetters letters = letters("twice");
        JobId id = JobId.of("a");
        put("jobs.twice.normal.-.a", new Headers(), bytes("{}"), attempts(2));
        put("jobs.twice.normal.-.a", new Headers(), bytes("{}"), attempts(2));

        assertThat(letters.list(10)).hasSize(1);
        letters.purge(id);
        put("jobs.twice.normal.-.a", new Headers(), bytes("{}"), attempts(2));
        assertThat(letters.find(id)).as("a repetition of what was purged").isEmpty();
        put("jobs.twice.normal.-.a", new Headers().put("Fleet-Attempts", "2"), bytes("{}"), attempts(3));
        assertThat(letters.find(id)).as("a later death").isPresent();
    }

    @Test
    void theNewestAreListedFirstWhateverLiesBetween() {
        IntStream.range(0, 300).forEach(i -> {
            put("jobs.some.normal.-.s" + i, new Headers(), bytes("" + i), List.of());
            put("jobs.between.normal.-.b" + i, new Headers(), bytes("" + i), List.of());
        });

        assertThat(letters("some").list(3))
                .extracting(letter -> letter.ref().id().value())
                .containsExactly("s299", "s298", "s297");
        assertThat(letters("some").list(1_000)).hasSize(300);
        assertThat(letters("some").purgeAll()).isEqualTo(300);
        assertThat(letters("some").list(1_000)).isEmpty();
        assertThat(letters("between").list(1_000)).hasSize(300);
    }

    @Test
    void aMessageThatIsNoJobIsKeptUnderAnIdOfItsOwnAndCanBePurgedButNotRetried() {
        put("jobs.foreign.normal.-.$wrong~id", new Headers().put("X", "y"), bytes("no json"), List.of());

        DeadLetter letter = letters("foreign").list(1).get(0);
        JobId id = letter.ref().id();
        assertThat(letter.type()).isEmpty();
        assertThat(letter.headers()).containsEntry("X", List.of("y"));
        assertThatThrownBy(() -> letters("foreign").retry(id))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Fleet-Type");
        assertThat(letters("foreign").retryAll()).isZero();
        letters("foreign").purge(id);
        assertThatThrownBy(() -> letters("foreign").purge(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> letters("foreign").retry(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aRetryStartsThePolicyAfreshAndCountsTheAttemptsOn() {
        JobQueue queue = jobs.define(JobQueueSpec.of("again"));
        AtomicInteger runs = new AtomicInteger();
        try (JobWorker worker = JobWorker.builder(queue)
                .handle(WORK, (input, context) -> {
                    if (runs.incrementAndGet() < 4) {
                        throw new IllegalStateException("run " + runs.get());
                    }
                    return input + context.attempt();
                })
                .start()) {
            JobHandle<String> handle = queue.submit(WORK, "x", options(2));
            assertThat(handle.await(Duration.ofSeconds(10)).state()).isEqualTo(JobState.FAILED);
            await().untilAsserted(() ->
                    assertThat(queue.deadLetters().find(handle.id())).isPresent());
            assertThat(queue.deadLetters().find(handle.id()).orElseThrow().attempts())
                    .extracting(attempt -> attempt.error().orElseThrow().message())
                    .containsExactly("run 1", "run 2");

            queue.deadLetters().retry(handle.id());

            await().untilAsserted(() -> assertThat(handle.job().state()).isEqualTo(JobState.SUCCEEDED));
            assertThat(handle.outcome().map(JobOutcome::result)).contains("x4");
            assertThat(handle.job().attempts()).extracting(JobAttempt::number).containsExactly(1, 2, 3, 4);
            assertThat(queue.deadLetters().find(handle.id())).isEmpty();
        }
    }

    @Test
    void aRetryThatBrokeOffIsFinishedByTheNextOneAndTheJobRunsOnce() {
        JobQueue queue = jobs.define(JobQueueSpec.of("broke"));
        JobHandle<String> handle = failed(queue);
        JobRef ref = handle.ref();
        JobRecords.Recorded dead = parts.records().read(ref).orElseThrow();
        JobRecord reopened = dead.record().reopened(dead.record().made());
        parts.records().writeNow(ref, reopened, dead.revision());

        queue.deadLetters().retry(ref.id());
        assertThat(queue.deadLetters().find(ref.id())).isEmpty();
        assertThat(runs(queue, handle)).isEqualTo(1);
    }

    @Test
    void aRetryWhoseDeadLetterWasNotYetForgottenPutsNoSecondMessage() {
        JobQueue queue = jobs.define(JobQueueSpec.of("forgot"));
        JobHandle<String> handle = failed(queue);
        DeadLetter before = queue.deadLetters().find(handle.id()).orElseThrow();
        queue.deadLetters().retry(handle.id());
        Headers headers = new Headers();
        before.headers().forEach((name, values) -> headers.put(name, values));
        put("jobs.forgot.normal.-." + handle.id(), headers.put("Fleet-Attempts", "7"), before.payload(), List.of());

        queue.deadLetters().retry(handle.id());

        assertThat(queue.deadLetters().find(handle.id())).isEmpty();
        StoredMessages lane =
                new StoredMessages(connection.broker(), parts.streams().of("forgot"), "jobs.forgot.*.*." + handle.id());
        assertThat(lane.page(1).stream().filter(message -> message.getHeaders().containsKey("Fleet-Attempts")))
                .hasSize(1);
        assertThat(runs(queue, handle)).isEqualTo(1);
    }

    @Test
    void allAreRetriedAndNoneIsLost() {
        JobQueue queue = jobs.define(JobQueueSpec.of("all"));
        List<JobHandle<String>> handles = new ArrayList<>();
        try (JobWorker worker = failing(queue)) {
            IntStream.range(0, 300).forEach(i -> handles.add(queue.submit(WORK, "x" + i, options(1))));
            await().untilAsserted(
                            () -> assertThat(queue.deadLetters().list(1_000)).hasSize(300));
        }

        assertThat(queue.deadLetters().retryAll()).isEqualTo(300);

        try (JobWorker worker =
                JobWorker.builder(queue).handle(WORK, (input, context) -> input).start()) {
            await().untilAsserted(() -> assertThat(handles)
                    .allSatisfy(handle ->
                            assertThat(handle.outcome().map(JobOutcome::state)).contains(JobState.SUCCEEDED)));
        }
        assertThat(queue.deadLetters().list(1)).isEmpty();
    }

    @Test
    void aJobWhoseRecordHasExpiredIsRetriedFromItsDeadLetter() {
        JobQueue queue = jobs.define(JobQueueSpec.of("expired"));
        put(
                "jobs.expired.high.-.old",
                new Headers()
                        .put("Fleet-Type", "work")
                        .put("Fleet-Attempts", "1")
                        .put("traceparent", "00-1-2-01"),
                bytes("\"x\""),
                attempts(2));

        queue.deadLetters().retry(JobId.of("old"));

        assertThat(queue.job(JobId.of("old")).orElseThrow().attempts())
                .extracting(JobAttempt::number)
                .containsExactly(1, 2);
        JobHandle<String> handle = queue.find(WORK, JobId.of("old")).orElseThrow();
        assertThat(runs(queue, handle)).isEqualTo(1);
    }

    private static JobHandle<String> failed(JobQueue queue) {
        try (JobWorker worker = failing(queue)) {
            JobHandle<String> handle = queue.submit(WORK, "x", options(1));
            await().untilAsserted(() ->
                    assertThat(queue.deadLetters().find(handle.id())).isPresent());
            return handle;
        }
    }

    private static JobWorker failing(JobQueue queue) {
        return JobWorker.builder(queue)
                .concurrency(16)
                .handle(WORK, (input, context) -> {
                    throw new IllegalStateException("no");
                })
                .start();
    }

    /** How often the job runs until it and one submitted after it have succeeded. */
    private static int runs(JobQueue queue, JobHandle<String> handle) {
        AtomicInteger runs = new AtomicInteger();
        try (JobWorker worker = JobWorker.builder(queue)
                .handle(WORK, (input, context) -> {
                    if (context.ref().equals(handle.ref())) {
                        runs.incrementAndGet();
                    }
                    return input;
                })
                .start()) {
            await().untilAsserted(() -> assertThat(handle.job().state()).isEqualTo(JobState.SUCCEEDED));
            assertThat(queue.submit(WORK, "after").await(Duration.ofSeconds(10)).state())
                    .isEqualTo(JobState.SUCCEEDED);
        }
        return runs.get();
    }

    private static JobOptions options(int attempts) {
        return JobOptions.builder()
                .retry(RetryPolicy.fixed(attempts, Duration.ofMillis(10)))
                .build();
    }

    private static void put(String subject, Headers headers, byte[] payload, List<JobAttempt> attempts) {
        NatsMessage original = NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(payload)
                .build();
        parts.records().awaited("put", parts.deadLetters().put(original, REASON, attempts));
    }

    private static List<JobAttempt> attempts(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number ->
                        new JobAttempt(number, "w", Instant.EPOCH, Optional.of(Instant.EPOCH), Optional.of(REASON)))
                .toList();
    }

    private static DeadLetters letters(String queue) {
        return new JetStreamDeadLetters(queue, parts);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
