package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.testing.FleetExtension;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deduplication by key against a real broker. */
class JobDeduplicationTest {
    @RegisterExtension
    static final FleetExtension BROKER = FleetExtension.connecting(TestBroker::connect);

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static final JobType<Integer, Integer> COUNT = JobType.of("count", Integer.class, Integer.class);

    private final Fleet fleet = BROKER.fleet();
    private final JobQueue queue = fleet.jobs().define(JobQueueSpec.of("dedup" + QUEUES.incrementAndGet()));
    private final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

    @Test
    void aThrottledKeyIsOneJobUntilItsWindowHasPassed() {
        JobOptions throttled = keyed(Deduplication.throttle("k", Duration.ofSeconds(1)));

        JobHandle<Integer> first = queue.submit(COUNT, 1, throttled);
        JobHandle<Integer> second = queue.submit(COUNT, 2, throttled);
        JobHandle<Integer> other = queue.submit(COUNT, 3, keyed(Deduplication.throttle("l", Duration.ofSeconds(1))));

        assertThat(second.ref()).isEqualTo(first.ref());
        assertThat(other.ref()).isNotEqualTo(first.ref());
        await().atMost(SOON)
                .until(() -> !queue.submit(COUNT, 4, throttled).ref().equals(first.ref()));
    }

    @Test
    void ofManyWhoSubmitAThrottledKeyAtOnceAllGetTheSameJob() {
        JobOptions throttled = keyed(Deduplication.throttle("k", Duration.ofMinutes(1)));

        List<JobHandle<Integer>> handles = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> queue.submit(COUNT, i, throttled))
                .toList();

        assertThat(handles)
                .extracting(JobHandle::ref)
                .containsOnly(handles.get(0).ref());
        assertThat(handles.get(0).job().state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void aKeyClaimedBySomebodyWhoDiedBeforeStoringItsJobStillGetsOne() throws Exception {
        try (Connection connection = Nats.connect(BROKER.server().url())) {
            byte[] claim = "{\"id\":\"never-stored\"}".getBytes(StandardCharsets.UTF_8);
            connection.keyValue("JOB_CONTROL").put("key." + queue.name() + ".throttle.k", claim);
        }

        JobHandle<Integer> job = queue.submit(COUNT, 7, keyed(Deduplication.throttle("k", Duration.ofMinutes(1))));

        assertThat(job.id().value()).isEqualTo("never-stored");
        assertThat(job.job().input()).contains(7);
    }

    @Test
    void aDebouncedKeyRunsOnceWithTheInputThatCameLast() {
        JobOptions debounced = keyed(Deduplication.debounce("k", Duration.ofMillis(600)));

        JobHandle<Integer> first = queue.submit(COUNT, 1, debounced);
        JobHandle<Integer> second = queue.submit(COUNT, 2, debounced);
        JobHandle<Integer> third = queue.submit(COUNT, 3, debounced);

        try (JobWorker worker = worker()) {
            assertThat(third.await(SOON).result()).isEqualTo(3);
        }
        assertThat(seen).containsExactly(3);
        assertThat(first.await(SOON)).isInstanceOf(JobOutcome.Discarded.class);
        assertThat(second.outcome().map(Object::toString).orElseThrow())
                .contains(third.id().value());
    }

    @Test
    void ofManyWhoDebounceAKeyAtOnceOneRuns() {
        JobOptions debounced = keyed(Deduplication.debounce("k", Duration.ofSeconds(2)));
        List<JobHandle<Integer>> handles = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> queue.submit(COUNT, i, debounced))
                .toList();

        try (JobWorker worker = worker()) {
            handles.forEach(handle -> handle.await(SOON));
        }

        assertThat(seen).hasSize(1);
    }

    @Test
    void behindTheActiveJobOfAKeyOnlyTheNewestWaits() throws Exception {
        JobOptions last = keyed(Deduplication.keepLast("k"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        JobWorker worker = JobWorker.builder(queue)
                .handle(COUNT, (input, context) -> {
                    seen.add(input);
                    begun.countDown();
                    goOn.await();
                    return input;
                })
                .start();
        try (worker) {
            JobHandle<Integer> first = queue.submit(COUNT, 1, last);
            begun.await();
            JobHandle<Integer> second = queue.submit(COUNT, 2, last);
            JobHandle<Integer> third = queue.submit(COUNT, 3, last);
            assertThat(third.job().state()).isEqualTo(JobState.BLOCKED);

            goOn.countDown();

            assertThat(third.await(SOON).result()).isEqualTo(3);
            assertThat(first.await(SOON).result()).isEqualTo(1);
            assertThat(second.await(SOON)).isInstanceOf(JobOutcome.Discarded.class);
            assertThat(queue.submit(COUNT, 4, last).await(SOON).result()).isEqualTo(4);
        }
        assertThat(seen).containsExactly(1, 3, 4);
    }

    @Test
    void ofManyWhoKeepTheLastAtMostTwoRun() {
        JobOptions last = keyed(Deduplication.keepLast("k"));

        List<JobHandle<Integer>> handles = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> queue.submit(COUNT, i, last))
                .toList();
        try (JobWorker worker = worker()) {
            handles.forEach(handle -> handle.await(SOON));
        }

        assertThat(seen).hasSize(2);
    }

    @Test
    void aKeyWhoseActiveJobIsNoLongerKeptIsTakenOver() throws Exception {
        try (Connection connection = Nats.connect(BROKER.server().url())) {
            byte[] stale = "{\"active\":\"long-gone\"}".getBytes(StandardCharsets.UTF_8);
            connection.keyValue("JOB_CONTROL").put("key." + queue.name() + ".last.k", stale);
        }

        JobHandle<Integer> job = queue.submit(COUNT, 1, keyed(Deduplication.keepLast("k")));

        try (JobWorker worker = worker()) {
            assertThat(job.await(SOON).result()).isEqualTo(1);
        }
    }

    @Test
    void aKeyThatDecidesWhenAJobStartsDoesNotGoWithATimeToStart() {
        JobOptions both = JobOptions.builder()
                .delay(Duration.ofMinutes(1))
                .deduplication(Deduplication.keepLast("k"))
                .build();

        assertThatThrownBy(() -> queue.submit(COUNT, 1, both))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("start");
    }

    private static JobOptions keyed(Deduplication rule) {
        return JobOptions.builder().deduplication(rule).build();
    }

    private JobWorker worker() {
        return JobWorker.builder(queue)
                .handle(COUNT, (input, context) -> {
                    seen.add(input);
                    return input;
                })
                .start();
    }
}
