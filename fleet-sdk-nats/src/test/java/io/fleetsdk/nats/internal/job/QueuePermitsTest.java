package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.testing.NatsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueuePermitsTest {
    private static final String QUEUE = JobClient.TRAINING;
    private static final int WORKERS = 3;

    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;

    private final List<QueuePermits> opened = new ArrayList<>();
    private final List<JobConnection> processes = new ArrayList<>();

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

    @AfterEach
    void noLimits() {
        opened.forEach(QueuePermits::close);
        processes.forEach(JobConnection::close);
        limit(QueueLimits.none());
        parts.keys().list(">", Object.class).forEach(entry -> parts.keys().remove(entry.key()));
    }

    @Test
    void withoutLimitsEverythingMayStart() {
        QueuePermits permits = worker("w");

        assertThat(permits.limited()).isFalse();
        assertThat(permits.take(1_000)).isEqualTo(1_000);
    }

    @Test
    void allWorkersTogetherNeverRunMoreThanTheLimit() throws Exception {
        limit(QueueLimits.none().withConcurrency(4));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        List<Integer> done = inParallel(permits -> {
            int count = 0;
            while (count < 40) {
                int taken = permits.take(3);
                most.accumulateAndGet(running.addAndGet(taken), Math::max);
                Thread.yield();
                running.addAndGet(-taken);
                permits.giveBack(taken, 0);
                count += taken;
            }
            return count;
        });

        assertThat(done).hasSize(WORKERS).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(40));
        assertThat(most).hasValueBetween(1, 4);
    }

    @Test
    void theWholeLimitCanBeUsed() {
        limit(QueueLimits.none().withConcurrency(4));
        QueuePermits one = worker("one");
        QueuePermits two = worker("two");

        assertThat(one.take(3)).isEqualTo(3);
        assertThat(two.take(3)).isEqualTo(1);
        assertThat(one.take(1)).isZero();

        two.giveBack(1, 0);
        await().until(() -> one.take(1) == 1);
    }

    @Test
    void aWorkerThatDiesFreesItsPermits() {
        limit(QueueLimits.none().withConcurrency(2));
        JobConnection dying = JobConnection.open(server.url());
        new QueuePermits(new JobParts(dying.broker()), QUEUE, "dying").start().take(2);
        QueuePermits other = worker("other");
        assertThat(other.take(1)).isZero();

        dying.close();

        await().atMost(Duration.ofSeconds(15)).until(() -> other.take(2) == 2);
    }

    @Test
    void aLowerLimitHoldsForWhatIsFreed() {
        limit(QueueLimits.none().withConcurrency(5));
        QueuePermits permits = worker("w");
        assertThat(permits.take(5)).isEqualTo(5);

        limit(QueueLimits.none().withConcurrency(2));
        permits.changed();
        permits.giveBack(3, 0);
        assertThat(permits.take(1)).isZero();

        permits.giveBack(1, 0);
        assertThat(permits.take(2)).isEqualTo(1);
    }

    @Test
    void whatRanBeforeTheLimitCounts() {
        QueuePermits busy = worker("busy");
        busy.take(3);
        limit(QueueLimits.none().withConcurrency(3));
        busy.changed();
        QueuePermits other = worker("other");

        busy.giveBack(0, 0);

        await().until(() -> parts.keys().list("permit.*.busy", Object.class).size() == 1);
        assertThat(other.take(1)).isZero();
    }

    @Test
    void noStretchOfAPeriodHasMoreStartsThanTheRate() throws Exception {
        int jobs = 20;
        Duration period = Duration.ofMillis(500);
        limit(QueueLimits.none().withRate(jobs, period));
        List<Long> starts = Collections.synchronizedList(new ArrayList<>());

        inParallel(permits -> {
            while (starts.size() < 4 * jobs) {
                int taken = permits.take(7);
                long now = System.nanoTime();
                Collections.nCopies(taken, now).forEach(starts::add);
                permits.giveBack(taken, 0);
            }
            return 0;
        });

        List<Long> sorted = starts.stream().sorted().toList();
        long tolerance = Duration.ofMillis(100).toNanos();
        for (int first = 0; first + jobs < sorted.size(); first++) {
            assertThat(sorted.get(first + jobs) - sorted.get(first)).isGreaterThan(period.toNanos() - tolerance);
        }
    }

    @Test
    void permitsOfARateThatWereNotUsedCanBeUsedAtOnceByOthers() {
        limit(QueueLimits.none().withRate(5, Duration.ofDays(1)));
        QueuePermits one = worker("one");
        QueuePermits two = worker("two");
        assertThat(one.take(9)).isEqualTo(5);
        assertThat(two.take(1)).isZero();

        one.giveBack(0, 2);

        await().until(() -> two.take(2) == 2);
        assertThat(two.take(1)).isZero();
    }

    @Test
    void withoutTheBrokerNothingBeyondTheShareStarts() {
        limit(QueueLimits.none().withConcurrency(4));
        try (JobConnection cut = JobConnection.open(server.url())) {
            JobParts itsParts = new JobParts(cut.broker());
            try (QueuePermits permits = new QueuePermits(itsParts, QUEUE, "cut").start()) {
                permits.take(2);
                cut.close();
                assertThat(permits.take(1)).isZero();
            }
        }
    }

    private interface Work {
        int with(QueuePermits permits) throws Exception;
    }

    /** Each worker has a connection of its own. */
    private List<Integer> inParallel(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                JobConnection process = JobConnection.open(server.url());
                processes.add(process);
                QueuePermits permits = new QueuePermits(new JobParts(process.broker()), QUEUE, "w" + i).start();
                opened.add(permits);
                tasks.add(() -> work.with(permits));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private QueuePermits worker(String id) {
        QueuePermits permits = new QueuePermits(parts, QUEUE, id).start();
        opened.add(permits);
        return permits;
    }

    private static void limit(QueueLimits limits) {
        parts.settings().change(QUEUE, settings -> settings.withLimits(limits));
    }
}
